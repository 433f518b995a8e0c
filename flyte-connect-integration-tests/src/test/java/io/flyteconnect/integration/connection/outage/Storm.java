package io.flyteconnect.integration.connection.outage;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;

import org.springframework.context.ConfigurableApplicationContext;

import io.flyteconnect.FlyteAdminStub;
import io.flyteconnect.integration.connection.Applications;
import io.flyteconnect.test.FlyteTestServer;
import io.flyteconnect.test.FlyteTestServerBuilder;
import io.flyteconnect.test.RecordedCall;
import io.flyteconnect.test.identity.FlyteTestIdentityProvider;

import static org.awaitility.Awaitility.await;

/**
 * An application that a thousand callers use, and the servers that it uses itself.
 */
final class Storm implements AutoCloseable {

	static final int CALLERS = 1000;

	static final Duration PATIENCE = Duration.ofMinutes(2);

	private final FlyteTestServer server;

	private final ConfigurableApplicationContext context;

	private Storm(FlyteTestServer server, ConfigurableApplicationContext context) {
		this.server = server;
		this.context = context;
	}

	static Storm start(FlyteTestServerBuilder builder, Applications application) {
		return start(builder.start(), application);
	}

	static Storm start(FlyteTestServer server, Applications application) {
		Applications connected = Applications.create()
			.properties(server.properties())
			// A thousand calls take their time on a small machine.
			.property("flyte.channel.deadline", "2m")
			.property("flyte.channel.per-retry-timeout", "0s")
			.property("flyte.credentials.request-timeout", "30s");
		return new Storm(server, connected.and(application).run());
	}

	static FlyteTestServerBuilder service() {
		return FlyteTestServer.builder().clientCredentials("storm", "secret").withSampleData();
	}

	FlyteTestServer server() {
		return this.server;
	}

	FlyteTestIdentityProvider provider() {
		return this.server.identityProvider();
	}

	FlyteAdminStub flyte() {
		return this.context.getBean(FlyteAdminStub.class);
	}

	/**
	 * Start callers that have a call under way nearly all the time.
	 */
	Callers callers() throws InterruptedException {
		this.server.behaviour().delay("ListProjects", Duration.ofSeconds(1));
		return Callers.start(CALLERS, flyte());
	}

	void awaitIssuedTokens(int count) {
		await("token " + count).atMost(PATIENCE).until(() -> provider().issuedTokenCount() >= count);
	}

	/**
	 * Wait until calls have carried so many tokens, the last of which is in use then.
	 */
	void awaitUsedTokens(int count) {
		await("token " + count).atMost(PATIENCE)
			.until(() -> usedTokens().stream().filter((token) -> !token.equals("none")).count() >= count);
	}

	Set<String> usedTokens() {
		return this.server.calls()
			.calls("ListProjects")
			.stream()
			.map(RecordedCall::tokenFingerprint)
			.map((token) -> (token != null) ? token : "none")
			.collect(Collectors.toSet());
	}

	@Override
	public void close() {
		this.context.close();
		this.server.close();
	}

}
