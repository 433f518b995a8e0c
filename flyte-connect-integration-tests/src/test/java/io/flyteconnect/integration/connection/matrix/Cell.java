package io.flyteconnect.integration.connection.matrix;

import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;

import io.flyteconnect.integration.connection.Applications;
import io.flyteconnect.integration.connection.Person;
import io.flyteconnect.test.FlyteTestServer;
import io.flyteconnect.test.identity.FlyteTestIdentityProvider;
import io.flyteconnect.testsupport.TestHttp;
import io.flyteconnect.testsupport.TestProxy;

/**
 * One application of the matrix with all that is around it: the server, which it shares
 * with other cells, a proxy, a person, and a token from elsewhere.
 */
final class Cell implements AutoCloseable {

	private static final String IAP_TOKEN = "token-for-the-identity-aware-proxy";

	private final Transport transport;

	private final Login login;

	private final FlyteTestServer server;

	private final TestProxy proxy = TestProxy.start(Transport.PROXY_USER, Transport.PROXY_PASSWORD);

	private final TokenSource tokens;

	private final TokenSource iapTokens;

	private final Person person;

	private final Path folder;

	private final TrafficCheck check;

	/**
	 * Prepare a cell.
	 * @param transport how to reach the server
	 * @param login how to log in
	 * @param server the server, whose counters start anew
	 * @param folder an empty folder
	 */
	Cell(Transport transport, Login login, FlyteTestServer server, Path folder) {
		this.transport = transport;
		this.login = login;
		this.server = server;
		this.folder = folder;
		this.tokens = new TokenSource(folder, "token");
		this.iapTokens = new TokenSource(folder, "iap-token");
		this.iapTokens.set(IAP_TOKEN);
		this.person = new Person(server, transport != Transport.PLAINTEXT);
		requireProxyAuthorization(transport.isBehindIap() ? IAP_TOKEN : null);
		if (login.isLogin()) {
			this.tokens.set(token());
		}
		this.check = new TrafficCheck(transport, login, server, this.proxy, this.tokens, this.iapTokens);
	}

	ConfigurableApplicationContext run() {
		Applications application = Applications.create();
		this.transport.configure(application, this.server, this.proxy);
		this.login.configure(application, this.folder, this.tokens, this.person);
		if (this.transport.isBehindIap()) {
			application.property("flyte.credentials.proxy-command", this.iapTokens.command());
		}
		return application.run();
	}

	<T> T call(Supplier<T> call) {
		return (this.login == Login.TOKEN_RELAY) ? this.tokens.callWithToken(call) : call.get();
	}

	/**
	 * Revoke all tokens. A new one from elsewhere is at hand.
	 */
	void revokeTokens() {
		this.server.identityProvider().revokeTokens();
		this.tokens.set(token());
	}

	/**
	 * Get a token as somebody who is behind the proxy.
	 */
	private String token() {
		FlyteTestIdentityProvider provider = this.server.identityProvider();
		provider.requireProxyAuthorization(null);
		HttpClient.Builder http = HttpClient.newBuilder();
		if (this.transport != Transport.PLAINTEXT) {
			http.sslContext(this.server.certificates().clientContext());
		}
		String token = new TestHttp(http).token(provider.tokenEndpoint(), Login.CLIENT_ID, Login.SECRET);
		provider.requireProxyAuthorization(this.transport.isBehindIap() ? IAP_TOKEN : null);
		provider.clearRequests();
		return token;
	}

	private void requireProxyAuthorization(@Nullable String token) {
		this.server.behaviour().requireProxyAuthorization(token);
		if (this.login.isLogin()) {
			this.server.identityProvider().requireProxyAuthorization(token);
		}
	}

	void assertNoTraffic() {
		this.check.assertNothing();
	}

	/**
	 * Check what the servers got since the last check.
	 * @param expected what they had to get
	 * @param methods what the application called
	 */
	void assertTraffic(Traffic expected, List<String> methods) {
		this.check.check(expected, methods);
	}

	@Override
	public void close() {
		requireProxyAuthorization(null);
		this.person.close();
		this.proxy.close();
	}

}
