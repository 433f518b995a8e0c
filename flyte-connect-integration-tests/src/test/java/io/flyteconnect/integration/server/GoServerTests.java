package io.flyteconnect.integration.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import flyteidl.admin.ExecutionOuterClass.ExecutionCreateRequest;
import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import io.flyteconnect.FlyteConnection;
import io.flyteconnect.FlyteConnectionFactory;
import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.testsupport.SwallowingRelay;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A stock server of Go behind a network that swallows packets without a word: a
 * connection is well again once the first deadline has ended.
 */
class GoServerTests {

	private static final int CALLERS = 10;

	@Test
	void whenBothWaysAreSwallowedThenCallsAreWellAfterTheFirstDeadline() throws Exception {
		// What was swallowed on its way there never arrives.
		healsAfterOneDeadline(SwallowingRelay::swallow, 0);
	}

	@Test
	void whenAnswersAreSwallowedThenCallsAreWellAfterTheFirstDeadlineAndNoWriteIsDoubled() throws Exception {
		healsAfterOneDeadline(SwallowingRelay::swallowAnswers, 1);
	}

	private static void healsAfterOneDeadline(Consumer<SwallowingRelay> network, int arrivals) throws Exception {
		try (GoServer server = GoServer.start(); SwallowingRelay relay = SwallowingRelay.to(server.port());
				FlyteConnection connection = connect(relay.port())) {
			assertThat(read(connection)).isEqualTo(Code.OK);
			network.accept(relay);
			List<Code> first = together(CALLERS, (caller) -> write(connection, "swallowed-" + caller + "-"));
			assertThat(first).containsOnly(Code.DEADLINE_EXCEEDED);
			for (int i = 0; i < 3; i++) {
				assertThat(read(connection)).isEqualTo(Code.OK);
				assertThat(write(connection, "later-" + i + "-")).isEqualTo(Code.OK);
			}
			await().untilAsserted(() -> {
				for (int i = 0; i < CALLERS; i++) {
					assertThat(server.calls("swallowed-" + i + "-")).isEqualTo(arrivals);
				}
				for (int i = 0; i < 3; i++) {
					assertThat(server.calls("later-" + i + "-")).isOne();
				}
			});
			assertThat(relay.accepted()).isEqualTo(2);
			assertThat(server.connections()).isEqualTo(2);
		}
	}

	private static FlyteConnection connect(int port) {
		return new FlyteConnectionFactory().create(PlatformConfig.builder()
			.endpoint("localhost:" + port)
			.insecure(true)
			.authMode(AuthMode.NONE)
			.properties((properties) -> properties.getChannel().setDeadline(Duration.ofSeconds(5)))
			.build());
	}

	private static List<Code> together(int callers, Caller caller) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(callers);
		try {
			CountDownLatch gate = new CountDownLatch(callers);
			List<Future<Code>> calls = new ArrayList<>();
			for (int i = 0; i < callers; i++) {
				int number = i;
				calls.add(threads.submit(() -> {
					gate.countDown();
					gate.await();
					return caller.call(number);
				}));
			}
			List<Code> codes = new ArrayList<>();
			for (Future<Code> call : calls) {
				codes.add(call.get(60, TimeUnit.SECONDS));
			}
			return codes;
		}
		finally {
			threads.shutdownNow();
		}
	}

	private static Code read(FlyteConnection connection) {
		return code(() -> connection.admin().blocking().getVersion(GetVersionRequest.getDefaultInstance()));
	}

	private static Code write(FlyteConnection connection, String name) {
		return code(() -> connection.admin()
			.blocking()
			.createExecution(ExecutionCreateRequest.newBuilder().setName(name).build()));
	}

	private static Code code(Runnable call) {
		try {
			call.run();
			return Code.OK;
		}
		catch (StatusRuntimeException ex) {
			return ex.getStatus().getCode();
		}
	}

	private interface Caller {

		Code call(int number);

	}

}
