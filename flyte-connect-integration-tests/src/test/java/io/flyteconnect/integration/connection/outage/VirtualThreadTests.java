package io.flyteconnect.integration.connection.outage;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import flyteidl.admin.ProjectOuterClass.ProjectListRequest;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.task.AsyncTaskExecutor;

import io.flyteconnect.FlyteAdminStub;
import io.flyteconnect.integration.connection.Applications;
import io.flyteconnect.test.FlyteTestServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application whose work is done by virtual threads, where Java has them: tokens that
 * end after three seconds hold up none of them.
 */
class VirtualThreadTests {

	private static final int CALLERS = 200;

	@Test
	void whenTokensLiveForThreeSecondsThenNoCallerOnAVirtualThreadNotices() throws Exception {
		try (FlyteTestServer server = FlyteTestServer.builder()
			.clientCredentials("virtual", "secret")
			.withSampleData()
			.tokenLifetime(Duration.ofSeconds(3))
			.start();
				ConfigurableApplicationContext context = Applications.create()
					.properties(server.properties())
					.property("spring.threads.virtual.enabled", true)
					.run()) {
			FlyteAdminStub flyte = context.getBean(FlyteAdminStub.class);
			AsyncTaskExecutor threads = context.getBean("applicationTaskExecutor", AsyncTaskExecutor.class);
			List<CompletableFuture<Boolean>> callers = IntStream.range(0, CALLERS)
				.mapToObj((caller) -> threads.submitCompletable(() -> callUntilTheThirdToken(server, flyte)))
				.toList();
			boolean virtual = Runtime.version().feature() >= 21;
			for (CompletableFuture<Boolean> caller : callers) {
				assertThat(caller.get(Storm.PATIENCE.toSeconds(), TimeUnit.SECONDS)).as("virtual").isEqualTo(virtual);
			}
			assertThat(server.identityProvider().tokenRequestCount()).isGreaterThanOrEqualTo(3);
			// A renewal that is not answered in time is sent once more.
			assertThat(server.identityProvider().mostRequestsAtOnce()).isBetween(1, 2);
		}
	}

	private static boolean callUntilTheThirdToken(FlyteTestServer server, FlyteAdminStub flyte) throws Exception {
		do {
			flyte.blocking().listProjects(ProjectListRequest.getDefaultInstance());
			Thread.sleep(20);
		}
		while (server.identityProvider().issuedTokenCount() < 3);
		return Thread.currentThread().toString().startsWith("VirtualThread[");
	}

}
