package io.flyteconnect.integration.connection.matrix;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

import io.grpc.Status;

import io.flyteconnect.test.CallLog;
import io.flyteconnect.test.FlyteTestServer;
import io.flyteconnect.test.RecordedCall;
import io.flyteconnect.test.identity.FlyteTestIdentityProvider;
import io.flyteconnect.test.identity.TokenRequest;
import io.flyteconnect.testsupport.TestProxy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares the counters and logs of the servers with what one application had to cost,
 * and starts them anew after each look.
 */
final class TrafficCheck {

	/** What gRPC itself sends; one more would be there if it had sent a call again. */
	private static final Set<String> GRPC_KEYS = Set.of("accept", "content-type", "grpc-accept-encoding",
			"grpc-timeout", "user-agent");

	private final Transport transport;

	private final Login login;

	private final FlyteTestServer server;

	private final TestProxy proxy;

	private final TokenSource tokens;

	private final TokenSource iapTokens;

	private final int connections;

	private final Set<String> usedTokens = new HashSet<>();

	private final List<String> tunnels = new ArrayList<>();

	private int tokensAsked;

	private int iapTokensAsked;

	private boolean first = true;

	TrafficCheck(Transport transport, Login login, FlyteTestServer server, TestProxy proxy, TokenSource tokens,
			TokenSource iapTokens) {
		this.transport = transport;
		this.login = login;
		this.server = server;
		this.proxy = proxy;
		this.tokens = tokens;
		this.iapTokens = iapTokens;
		this.connections = server.acceptedConnections();
		clear();
	}

	private void clear() {
		this.server.calls().clear();
		if (this.login.isLogin()) {
			this.server.identityProvider().clearRequests();
		}
	}

	void assertNothing() {
		assertThat(this.server.acceptedConnections()).as("connections").isEqualTo(this.connections);
		assertThat(this.proxy.requests()).as("tunnels").isEmpty();
		assertThat(this.iapTokens.asked() + this.tokens.asked()).as("commands").isZero();
	}

	void check(Traffic expected, List<String> methods) {
		if (this.login.isLogin()) {
			checkProvider(expected, this.server.identityProvider());
		}
		checkCalls(expected, methods);
		checkTokens(expected);
		checkWay(expected);
		this.first = false;
		clear();
	}

	private void checkCalls(Traffic expected, List<String> methods) {
		CallLog log = this.server.calls();
		List<RecordedCall> calls = log.calls();
		assertThat(calls).extracting(RecordedCall::methodName)
			.containsExactlyInAnyOrderElementsOf(expected.calls(methods));
		assertThat(log.refused()).as("refused calls").isEqualTo(expected.refused());
		assertThat(log.outcomes(Status.Code.OK)).as("other calls").isEqualTo(calls.size() - expected.refused());
		assertThat(calls).allSatisfy((call) -> {
			assertThat(call.userAgent()).startsWith("flyte-connect/").contains("grpc-java-netty/");
			assertThat(call.metadataKeys()).isEqualTo(metadataKeys(call.tokenFingerprint() != null));
		});
	}

	private Set<String> metadataKeys(boolean token) {
		Set<String> keys = new TreeSet<>(GRPC_KEYS);
		if (token) {
			keys.add(this.login.header());
		}
		if (this.transport.isBehindIap()) {
			keys.add("proxy-authorization");
		}
		return keys;
	}

	private void checkTokens(Traffic expected) {
		List<RecordedCall> calls = this.server.calls().calls();
		assertThat(calls).filteredOn((call) -> call.tokenFingerprint() == null)
			.as("calls without a token")
			.hasSize(expected.callsWithoutToken());
		int known = this.usedTokens.size();
		calls.stream().map(RecordedCall::tokenFingerprint).filter(Objects::nonNull).forEach(this.usedTokens::add);
		assertThat(this.usedTokens.size() - known).as("new tokens").isEqualTo(this.login.isLogin() ? 1 : 0);
		assertThat(this.tokens.asked() - this.tokensAsked).as("tokens from elsewhere")
			.isEqualTo(expected.tokensAsked());
		this.tokensAsked = this.tokens.asked();
	}

	private void checkProvider(Traffic expected, FlyteTestIdentityProvider provider) {
		List<TokenRequest> requests = provider.requests();
		assertThat(RequestLine.of(requests)).isEqualTo(expected.requests());
		assertThat(requests).extracting(TokenRequest::proxyAuthorization)
			.allMatch((sent) -> sent == this.transport.isBehindIap());
		assertThat(RequestLine.of(provider.authorizationRequests())).isEqualTo(expected.authorizationRequests());
		assertThat(provider.authorizationRequests()).extracting(TokenRequest::proxyAuthorization).doesNotContain(true);
	}

	/**
	 * Check the way there: connections, tunnels, and the token for the identity-aware
	 * proxy. A refusal does not say which of two tokens it means, so both are renewed.
	 */
	private void checkWay(Traffic expected) {
		assertThat(this.server.acceptedConnections()).as("connections").isEqualTo(this.connections + 1);
		this.tunnels.addAll(this.transport.tunnels(this.server, this.first, expected.requests().size()));
		assertThat(this.proxy.requests()).as("tunnels").isEqualTo(this.tunnels);
		assertThat(this.proxy.heads()).noneMatch((head) -> head.contains("Bearer"));
		int runs = this.transport.isBehindIap() ? expected.refused() + (this.first ? 1 : 0) : 0;
		assertThat(this.iapTokens.asked() - this.iapTokensAsked).as("runs of the proxy command").isEqualTo(runs);
		this.iapTokensAsked = this.iapTokens.asked();
	}

}
