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
import java.util.function.IntFunction;

import flyteidl.admin.ExecutionOuterClass.ExecutionCreateRequest;
import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.flyteconnect.FlyteConnection;
import io.flyteconnect.FlyteConnectionFactory;
import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.testsupport.FaultProxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A stock server of Go behind a network that swallows packets without a word: a
 * connection is well again once the first deadline has ended.
 */
@Tag("provider")
class GoServerTests {

	private static final int CALLERS = 10;

	private static final Duration DEADLINE = Duration.ofSeconds(5);

	// A busy machine does not end a call that is well.
	private static final Duration PATIENCE = Duration.ofSeconds(60);

	@Test
	void whenBothWaysAreSwallowedThenCallsAreWellAfterTheFirstDeadline() throws Exception {
		// What was swallowed on its way there never arrives.
		healsAfterOneDeadline(FaultProxy::swallow, 0);
	}

	@Test
	void whenAnswersAreSwallowedThenCallsAreWellAfterTheFirstDeadlineAndNoWriteIsDoubled() throws Exception {
		healsAfterOneDeadline(FaultProxy::swallowAnswers, 1);
	}

	private static void healsAfterOneDeadline(Consumer<FaultProxy> network, int arrivals) throws Exception {
		try (GoServer server = GoServer.start();
				FaultProxy relay = FaultProxy.to(server.port());
				FlyteConnection connection = connect(relay.port())) {
			assertThat(read(connection)).isEqualTo(Code.OK);
			int connections = 1;
			// The connection that took the place of the first can be swallowed as well.
			for (String time : List.of("first", "second")) {
				network.accept(relay);
				List<Code> swallowed = together(
						(caller) -> write(connection, "swallowed-" + caller + "-" + time, DEADLINE));
				assertThat(swallowed).containsOnly(Code.DEADLINE_EXCEEDED);
				List<Code> later = together((caller) -> write(connection, "later-" + caller + "-" + time, PATIENCE));
				assertThat(later).containsOnly(Code.OK);
				assertThat(read(connection)).isEqualTo(Code.OK);
				connections++;
				assertThat(relay.accepted()).isEqualTo(connections);
			}
			await().untilAsserted(() -> {
				for (String time : List.of("first", "second")) {
					for (int caller = 0; caller < CALLERS; caller++) {
						assertThat(server.calls("swallowed-" + caller + "-" + time)).isEqualTo(arrivals);
						assertThat(server.calls("later-" + caller + "-" + time)).isOne();
					}
				}
				assertThat(server.connections()).isEqualTo(3);
			});
		}
	}

	private static FlyteConnection connect(int port) {
		return new FlyteConnectionFactory().create(
				PlatformConfig.builder().endpoint("localhost:" + port).insecure(true).authMode(AuthMode.NONE).build());
	}

	private static List<Code> together(IntFunction<Code> caller) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
		try {
			CountDownLatch gate = new CountDownLatch(CALLERS);
			List<Future<Code>> calls = new ArrayList<>();
			for (int i = 0; i < CALLERS; i++) {
				int number = i;
				calls.add(threads.submit(() -> {
					gate.countDown();
					gate.await();
					return caller.apply(number);
				}));
			}
			List<Code> codes = new ArrayList<>();
			for (Future<Code> call : calls) {
				codes.add(call.get(120, TimeUnit.SECONDS));
			}
			return codes;
		}
		finally {
			threads.shutdownNow();
		}
	}

	private static Code read(FlyteConnection connection) {
		return code(() -> connection.admin()
			.blocking()
			.withDeadlineAfter(PATIENCE)
			.getVersion(GetVersionRequest.getDefaultInstance()));
	}

	private static Code write(FlyteConnection connection, String name, Duration deadline) {
		return code(() -> connection.admin()
			.blocking()
			.withDeadlineAfter(deadline)
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

}
