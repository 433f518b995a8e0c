package io.flyteconnect.integration.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import flyteidl.admin.ProjectOuterClass.ProjectListRequest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.ConfigurableApplicationContext;

import io.flyteconnect.FlyteAdminStub;
import io.flyteconnect.integration.connection.Applications;
import io.flyteconnect.test.FlyteTestServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Applications that are started, call Flyte and are closed one after the other in one
 * JVM, which keeps nothing of them: {@code -Dflyte.fault.contexts=1000} for many.
 */
@Tag("fault")
@Tag("once")
class ManyContextsTests {

	private static final int CONTEXTS = Integer.getInteger("flyte.fault.contexts", 8);

	private static final int WARM_UP = 3;

	/** Of fewer, what the JVM keeps for itself is more. */
	private static final int ENOUGH_FOR_HEAP = 200;

	// The limit of all tests is of minutes.
	@Test
	@Timeout(value = 2, unit = TimeUnit.HOURS)
	void whenManyContextsAreStartedAndClosedThenNoThreadAndSocketIsKeptAndOfManyNoHeap() {
		try (FlyteTestServer server = FaultyFlyte.service().start()) {
			for (int i = 0; i < WARM_UP; i++) {
				useOnce(server);
			}
			await().until(() -> server.openConnections() == 0);
			int threads = threads();
			long files = files();
			long heap = heap();
			for (int i = 0; i < CONTEXTS; i++) {
				useOnce(server);
			}
			assertThat(server.calls().count("ListProjects")).isEqualTo(WARM_UP + CONTEXTS);
			await("connections end").atMost(Duration.ofSeconds(30)).until(() -> server.openConnections() == 0);
			await("threads end").atMost(Duration.ofSeconds(30)).until(() -> threads() <= threads);
			await("files and sockets are closed").atMost(Duration.ofSeconds(30)).until(() -> files() <= files);
			server.calls().clear();
			server.identityProvider().clearRequests();
			long kept = (heap() - heap) / CONTEXTS;
			FaultFigures.write("contexts, and bytes of heap that each has kept", CONTEXTS, 0, kept, Duration.ZERO);
			if (CONTEXTS >= ENOUGH_FOR_HEAP) {
				// A context that is kept has several MB.
				assertThat(kept).as("bytes of heap for each context").isLessThan(200_000);
			}
		}
	}

	private static void useOnce(FlyteTestServer server) {
		try (ConfigurableApplicationContext context = Applications.create().properties(server.properties()).run()) {
			context.getBean(FlyteAdminStub.class).blocking().listProjects(ProjectListRequest.getDefaultInstance());
		}
	}

	private static int threads() {
		return ManagementFactory.getThreadMXBean().getThreadCount();
	}

	private static long files() {
		try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
			return open.count();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static long heap() {
		for (int i = 0; i < 3; i++) {
			System.gc();
		}
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

}
