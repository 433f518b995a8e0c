package io.flyteconnect.integration.fault;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;

import flyteidl.admin.ProjectOuterClass.ProjectListRequest;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.flyteconnect.integration.connection.Applications;
import io.flyteconnect.testsupport.MovableClock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a caller without a token is told when the token endpoint is down, slow, lies or
 * sends it elsewhere, and that the next login is well once the endpoint is.
 */
@Tag("fault")
class TokenEndpointFaultTests {

	private static final Duration END_OF_TOKEN = Duration.ofHours(1);

	private static final Duration LONGEST_HOLD_OFF = Duration.ofSeconds(31);

	private static final MovableClock clock = new MovableClock(Instant.now());

	private static FaultyFlyte faulty;

	@BeforeAll
	static void start() {
		faulty = FaultyFlyte.start(FaultyFlyte.service(),
				Applications.create().clock(clock).property("flyte.credentials.request-timeout", "5s"));
	}

	@AfterAll
	static void stop() {
		faulty.close();
	}

	@AfterEach
	void mend() {
		faulty.mend();
	}

	@ParameterizedTest
	@EnumSource
	void whenTheTokenEndpointFailsThenTheCallerIsToldAndIsWellOnceItIs(Fault fault) {
		call();
		int reached = faulty.server().calls().count("ListProjects");
		fault.begin.accept(faulty);
		clock.move(END_OF_TOKEN);
		assertThatExceptionOfType(StatusRuntimeException.class).isThrownBy(TokenEndpointFaultTests::call)
			.withMessageContaining(fault.message)
			.satisfies((ex) -> assertThat(ex.getStatus().getCode()).isEqualTo(fault.code));
		faulty.mend();
		clock.move(LONGEST_HOLD_OFF);
		call();
		assertThat(faulty.server().calls().count("ListProjects")).as("calls that reached Flyte").isEqualTo(reached + 1);
		assertThat(faulty.server().calls().refused()).as("calls without a good token").isZero();
		FaultFigures.write("token endpoint " + fault, 2, 1, 0, Duration.ZERO);
	}

	private static void call() {
		faulty.flyte().blocking().listProjects(ProjectListRequest.getDefaultInstance());
	}

	enum Fault {

		DOWN(Code.UNAVAILABLE, "cannot connect to the server", (flyte) -> flyte.tokenWay().shut()),

		SILENT(Code.UNAVAILABLE, "no complete answer within 5000 ms", (flyte) -> {
			flyte.tokenWay().swallowNew(true);
			flyte.tokenWay().reset();
		}),

		SLOW(Code.UNAVAILABLE, "no complete answer within 5000 ms",
				(flyte) -> flyte.provider().delay(Duration.ofSeconds(8))),

		BUSY(Code.UNAVAILABLE, "HTTP 503", (flyte) -> flyte.provider().failNext(50, 503, "busy")),

		HTML(Code.UNAUTHENTICATED, "is no JSON object",
				(flyte) -> flyte.provider()
					.failNext(50, 200, "<!doctype html><html><body>Please log in</body></html>",
							Map.of("Content-Type", "text/html"))),

		NO_TOKEN(Code.UNAUTHENTICATED, "has no access_token",
				(flyte) -> flyte.provider().failNext(50, 200, "{\"token\":\"x\"}")),

		HALF_A_JSON(Code.UNAUTHENTICATED, "is no JSON object",
				(flyte) -> flyte.provider().failNext(50, 200, "{\"access_token\":\"abc")),

		A_LIST(Code.UNAUTHENTICATED, "is no JSON object", (flyte) -> flyte.provider().failNext(50, 200, "[1,2,3]")),

		HUGE(Code.UNAVAILABLE, "the answer is larger than",
				(flyte) -> flyte.provider().failNext(50, 200, "{\"access_token\":\"" + "a".repeat(3_000_000) + "\"}")),

		REDIRECTING(Code.UNAUTHENTICATED, "which is not followed", (flyte) -> flyte.provider()
			.failNext(50, 302, "", Map.of("Location", "http://localhost:" + flyte.way().port() + "/elsewhere")));

		private final Code code;

		private final String message;

		private final Consumer<FaultyFlyte> begin;

		Fault(Code code, String message, Consumer<FaultyFlyte> begin) {
			this.code = code;
			this.message = message;
			this.begin = begin;
		}

	}

}
