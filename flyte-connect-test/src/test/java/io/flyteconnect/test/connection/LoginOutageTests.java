package io.flyteconnect.test.connection;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

import io.flyteconnect.test.FlyteTestServer;
import io.flyteconnect.test.FlyteTestServerBuilder;
import io.flyteconnect.test.identity.TokenRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A thousand callers of one application while the token endpoint is down for ten seconds.
 */
class LoginOutageTests {

	private static final Duration OUTAGE = Duration.ofSeconds(10);

	/** Says of each attempt that failed, and of nothing else. */
	private static final String FAILURES = "io.flyteconnect.oauth2.FailureHold";

	private final FailureLog failures = new FailureLog();

	private Gate gate;

	private Storm storm;

	private String tokenEndpoint;

	@AfterEach
	void stop() {
		this.failures.detach();
		this.storm.close();
		this.gate.close();
	}

	@ParameterizedTest
	@CsvSource({ "UNAVAILABLE,false", "UNAVAILABLE,true", "REFUSED,false", "SILENT,true" })
	void whenNoTokenIsToBeHadThenAllAreToldSoUntilOneIs(Outage outage, boolean revoked) throws Exception {
		start(Storm.service(), Applications.create(), outage);
		if (revoked) {
			AtOnce.call(1, this.storm.flyte());
			this.storm.provider().revokeTokens();
		}
		int issued = this.storm.provider().issuedTokenCount();
		begin(outage);
		try (Callers callers = this.storm.callers()) {
			awaitEnd(outage);
			this.storm.awaitIssuedTokens(issued + 1);
			callers.goOn();
			int count = callers.failures().size();
			callers.goOn();
			callers.stop();
			assertThat(callers.failures()).as("failures, with none after the outage").hasSize(count);
			assertThat(callers.failures().stream().map(Callers.Failure::caller).distinct()).as("callers that were told")
				.hasSize(Storm.CALLERS);
			assertThat(callers.failures().stream().map((failure) -> failure.exception().getMessage()).distinct())
				.as("what they were told")
				.singleElement()
				.asString()
				.startsWith("UNAVAILABLE: Login of Flyte connection 'default' to " + this.storm.server().endpoint()
						+ " (mode client-credentials) failed (step: token request): "
						+ outage.message(this.tokenEndpoint));
		}
		assertOneRequestAStep(outage);
		assertThat(this.storm.provider().issuedTokenCount()).isEqualTo(issued + 1);
	}

	// A window of more than half of a life would count as too large.
	@ParameterizedTest
	@EnumSource(Outage.class)
	void whenNoTokenIsToBeHadWhileTheOldOneIsGoodThenNoCallFails(Outage outage) throws Exception {
		start(Storm.service().tokenLifetime(Duration.ofSeconds(38)),
				Applications.create().property("flyte.credentials.token-refresh-window", "18s"), outage);
		AtOnce.call(1, this.storm.flyte());
		Instant due = Instant.now().plusSeconds(19);
		begin(outage);
		await("renewal").atMost(Storm.PATIENCE).until(() -> Instant.now().isAfter(due));
		try (Callers callers = this.storm.callers()) {
			awaitEnd(outage);
			this.storm.awaitIssuedTokens(2);
			callers.goOn();
			callers.stopWithoutFailures();
		}
		assertThat(this.storm.server().calls().refused()).isZero();
		assertThat(this.storm.usedTokens()).hasSize(2).doesNotContain("none");
		assertOneRequestAStep(outage);
	}

	private void start(FlyteTestServerBuilder builder, Applications application, Outage outage) {
		FlyteTestServer server = builder.start();
		this.gate = new Gate(server.identityProvider().tokenEndpoint().getPort());
		this.tokenEndpoint = "http://127.0.0.1:" + this.gate.port()
				+ server.identityProvider().tokenEndpoint().getPath();
		this.storm = Storm.start(server,
				application.property("flyte.credentials.token-url", this.tokenEndpoint)
					.property("flyte.credentials.request-timeout", outage.requestTimeout())
					.property("logging.level." + FAILURES, "debug"));
		this.failures.attach();
	}

	private void begin(Outage outage) {
		this.storm.provider().clearRequests();
		outage.begin(this.storm, this.gate);
	}

	/**
	 * The outage ends when attempts have failed for that long.
	 */
	private void awaitEnd(Outage outage) {
		await("outage").atMost(Storm.PATIENCE).until(() -> {
			List<Instant> times = this.failures.times();
			return !times.isEmpty()
					&& Duration.between(times.get(0), times.get(times.size() - 1)).compareTo(OUTAGE) > 0;
		});
		outage.end(this.storm, this.gate);
	}

	/**
	 * After the n-th failure in a row nothing is tried for at least half of the n-th
	 * step: 100 ms, 200 ms, 400 ms and so on, up to a second.
	 */
	private void assertOneRequestAStep(Outage outage) {
		List<Instant> failed = this.failures.times();
		assertSteps(failed);
		assertThat(this.storm.provider().mostRequestsAtOnce()).isOne();
		switch (outage) {
			case UNAVAILABLE -> {
				List<Instant> requests = this.storm.provider().requests().stream().map(TokenRequest::time).toList();
				assertSteps(requests);
				assertThat(requests).as("requests, the last of which gave the token").hasSize(failed.size() + 1);
			}
			case REFUSED -> assertThat(this.storm.provider().requests()).hasSize(1);
			case SILENT -> {
				assertThat(this.storm.provider().requests()).hasSize(1);
				assertThat(this.gate.swallowed()).isEqualTo(failed.size());
			}
		}
	}

	private static void assertSteps(List<Instant> times) {
		assertThat(times).hasSizeGreaterThan(5);
		for (int failures = 1; failures < times.size(); failures++) {
			long step = Math.min(1000, 100L << Math.min(failures - 1, 10));
			assertThat(Duration.between(times.get(failures - 1), times.get(failures)))
				.as("pause after failure " + failures)
				.isGreaterThanOrEqualTo(Duration.ofMillis(step / 2 - 1));
		}
	}

	/**
	 * When an attempt failed.
	 */
	private static final class FailureLog extends AppenderBase<ILoggingEvent> {

		private final List<Instant> times = new ArrayList<>();

		void attach() {
			start();
			logger().addAppender(this);
		}

		void detach() {
			logger().detachAppender(this);
		}

		@Override
		protected synchronized void append(ILoggingEvent event) {
			this.times.add(event.getInstant());
		}

		synchronized List<Instant> times() {
			return List.copyOf(this.times);
		}

		private static Logger logger() {
			return (Logger) LoggerFactory.getLogger(FAILURES);
		}

	}

}
