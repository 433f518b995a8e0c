package io.flyteconnect.test.connection;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import flyteidl.admin.ProjectOuterClass.ProjectListRequest;
import io.grpc.Status;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;

import io.flyteconnect.FlyteAdminStub;
import io.flyteconnect.test.FlyteTestServer;
import io.flyteconnect.test.FlyteTestServerBuilder;
import io.flyteconnect.test.RecordedCall;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Everybody calls at once on an application that has just started.
 */
class ColdStartTests {

	private static final int CALLERS = 200;

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void whenAllCallAtOnceThenOneLogsInAndNobodyIsRefused(boolean tls) throws Exception {
		FlyteTestServerBuilder builder = FlyteTestServer.builder().clientCredentials("cold", "start").withSampleData();
		if (tls) {
			builder.tls();
		}
		try (FlyteTestServer server = builder.start();
				ConfigurableApplicationContext context = Applications.create().properties(server.properties()).run()) {
			FlyteAdminStub flyte = context.getBean(FlyteAdminStub.class);
			assertThat(server.acceptedConnections()).as("connections at startup").isZero();
			assertThat(server.identityProvider().requests()).as("token requests at startup").isEmpty();
			// Long enough for every caller to come while the login is under way.
			server.identityProvider().delay(Duration.ofMillis(500));
			assertThat(callAtOnce(flyte)).containsOnly(3);
			assertThat(server.identityProvider().tokenRequestCount()).isOne();
			assertThat(server.identityProvider().mostRequestsAtOnce()).isOne();
			assertThat(server.calls().count("GetOAuth2Metadata")).isOne();
			assertThat(server.calls().count("GetPublicClientConfig")).isOne();
			assertThat(server.calls().refused()).isZero();
			assertThat(server.calls().outcomes(Status.Code.OK)).isEqualTo(CALLERS + 2);
			assertThat(server.calls().calls("ListProjects")).hasSize(CALLERS)
				.extracting(RecordedCall::tokenFingerprint)
				.doesNotContainNull();
			assertThat(server.acceptedConnections()).isOne();
		}
	}

	private static List<Integer> callAtOnce(FlyteAdminStub flyte) throws Exception {
		CountDownLatch ready = new CountDownLatch(CALLERS);
		CountDownLatch go = new CountDownLatch(1);
		ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
		try {
			List<Future<Integer>> answers = IntStream.range(0, CALLERS).mapToObj((i) -> callers.submit(() -> {
				ready.countDown();
				go.await();
				return flyte.blocking().listProjects(ProjectListRequest.getDefaultInstance()).getProjectsCount();
			})).toList();
			assertThat(ready.await(10, TimeUnit.SECONDS)).isTrue();
			go.countDown();
			// The first failure is the failure of the test.
			return answers.stream().map(ColdStartTests::answer).toList();
		}
		finally {
			callers.shutdownNow();
		}
	}

	private static int answer(Future<Integer> future) {
		try {
			return future.get(20, TimeUnit.SECONDS);
		}
		catch (Exception ex) {
			throw new AssertionError("A caller failed", ex);
		}
	}

}
