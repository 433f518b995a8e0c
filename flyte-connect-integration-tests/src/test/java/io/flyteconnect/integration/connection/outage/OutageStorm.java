package io.flyteconnect.integration.connection.outage;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import org.slf4j.LoggerFactory;

import io.flyteconnect.integration.connection.Applications;
import io.flyteconnect.test.FlyteTestServer;
import io.flyteconnect.test.FlyteTestServerBuilder;
import io.flyteconnect.test.identity.TokenRequest;
import io.flyteconnect.testsupport.FaultProxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A storm whose token endpoint is down until eight attempts in a row have failed.
 */
final class OutageStorm implements AutoCloseable {

	/** So many that most of the pauses between them are the longest ones. */
	private static final int ATTEMPTS = 8;

	/** Says of each attempt that failed, and of nothing else. */
	private static final String FAILURES = "io.flyteconnect.internal.token.holdoff.FailureHold";

	private final FailureLog failures = new FailureLog();

	private final Outage outage;

	private final FaultProxy way;

	private final Storm storm;

	private OutageStorm(Outage outage, FaultProxy way, Storm storm) {
		this.outage = outage;
		this.way = way;
		this.storm = storm;
	}

	static OutageStorm start(FlyteTestServerBuilder builder, Applications application, Outage outage) {
		FlyteTestServer server = builder.start();
		FaultProxy way = FaultProxy.to(server.identityProvider().tokenEndpoint().getPort());
		Storm storm = Storm.start(server,
				application.property("flyte.credentials.token-url", tokenEndpoint(way, server))
					.property("flyte.credentials.request-timeout", outage.requestTimeout())
					.property("logging.level." + FAILURES, "debug"));
		OutageStorm started = new OutageStorm(outage, way, storm);
		// After the application has set up its log.
		started.failures.attach();
		return started;
	}

	private static String tokenEndpoint(FaultProxy way, FlyteTestServer server) {
		return "http://127.0.0.1:" + way.port() + server.identityProvider().tokenEndpoint().getPath();
	}

	Storm storm() {
		return this.storm;
	}

	/**
	 * The beginning of what every caller is told who gets no token.
	 */
	String message() {
		FlyteTestServer server = this.storm.server();
		return "UNAVAILABLE: Login of Flyte connection 'default' to " + server.endpoint()
				+ " (mode client-credentials) failed (step: token request): "
				+ this.outage.message(tokenEndpoint(this.way, server));
	}

	void begin() {
		this.storm.provider().clearRequests();
		this.outage.begin(this.storm, this.way);
	}

	/**
	 * The outage ends when that many attempts have failed. Each caller has called by
	 * then.
	 */
	void awaitEnd() {
		await("outage").atMost(Storm.PATIENCE).until(() -> this.failures.times().size() >= ATTEMPTS);
		this.outage.end(this.storm, this.way);
	}

	/**
	 * After the n-th failure in a row nothing is tried for at least half of the n-th
	 * step: 100 ms, 200 ms, 400 ms and so on, up to a second.
	 */
	void assertOneRequestAStep() {
		List<Instant> failed = this.failures.times();
		assertPauses(failed, this.failures.pauses());
		assertThat(this.storm.provider().mostRequestsAtOnce()).isOne();
		switch (this.outage) {
			case UNAVAILABLE -> {
				List<Instant> requests = this.storm.provider().requests().stream().map(TokenRequest::time).toList();
				assertSteps(requests);
				assertThat(requests).as("requests, the last of which gave the token").hasSize(failed.size() + 1);
			}
			case REFUSED -> assertThat(this.storm.provider().requests()).hasSize(1);
			case SILENT -> {
				assertThat(this.storm.provider().requests()).hasSize(1);
				assertThat(this.way.swallowed()).isEqualTo(failed.size());
			}
		}
	}

	// A busy machine may log a failure late, and the next one at once: only all pauses
	// together show that they were kept.
	private static void assertPauses(List<Instant> times, List<Long> pauses) {
		assertThat(pauses).hasSizeGreaterThan(5).hasSameSizeAs(times);
		for (int failures = 1; failures <= pauses.size(); failures++) {
			assertThat(pauses.get(failures - 1)).as("pause after failure " + failures)
				.isBetween(step(failures) / 2, step(failures));
		}
		long kept = pauses.subList(0, pauses.size() - 1).stream().mapToLong(Long::longValue).sum();
		assertThat(Duration.between(times.get(0), times.get(times.size() - 1)))
			.isGreaterThan(Duration.ofMillis(kept / 2));
	}

	private static long step(int failures) {
		return Math.min(1000, 100L << Math.min(failures - 1, 10));
	}

	private static void assertSteps(List<Instant> times) {
		assertThat(times).hasSizeGreaterThan(5);
		for (int failures = 1; failures < times.size(); failures++) {
			long step = step(failures);
			assertThat(Duration.between(times.get(failures - 1), times.get(failures)))
				.as("pause after failure " + failures)
				.isGreaterThanOrEqualTo(Duration.ofMillis(step / 2 - 1));
		}
	}

	@Override
	public void close() {
		this.failures.detach();
		this.storm.close();
		this.way.close();
	}

	/**
	 * When an attempt failed, and how many milliseconds nothing is tried then.
	 */
	private static final class FailureLog extends AppenderBase<ILoggingEvent> {

		private static final Pattern PAUSE = Pattern.compile("Next try in (\\d+) ms");

		private final List<Instant> times = new ArrayList<>();

		private final List<Long> pauses = new ArrayList<>();

		void attach() {
			start();
			logger().addAppender(this);
		}

		void detach() {
			logger().detachAppender(this);
		}

		@Override
		protected synchronized void append(ILoggingEvent event) {
			Matcher pause = PAUSE.matcher(event.getFormattedMessage());
			assertThat(pause.find()).as(event.getFormattedMessage()).isTrue();
			this.times.add(event.getInstant());
			this.pauses.add(Long.parseLong(pause.group(1)));
		}

		synchronized List<Long> pauses() {
			return List.copyOf(this.pauses);
		}

		synchronized List<Instant> times() {
			return List.copyOf(this.times);
		}

		private static Logger logger() {
			return (Logger) LoggerFactory.getLogger(FAILURES);
		}

	}

}
