package io.flyteconnect.benchmarks;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import flyteidl.admin.VersionOuterClass.GetVersionRequest;

import io.flyteconnect.FlyteConnection;
import io.flyteconnect.FlyteConnectionFactory;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.config.PlatformConfigBuilder;

/**
 * What connections keep that nobody uses: heap and threads, after one call each and long
 * enough for threads to end that have nothing to do.
 */
class IdleMode implements LoadMode {

	private static final Duration REST = Duration.ofSeconds(15);

	@Override
	public void run(LoadOptions options, LoadReport report, Samples samples) throws Exception {
		FlyteConnectionFactory factory = FlyteConnectionFactory.builder().build();
		List<FlyteConnection> connections = new ArrayList<>();
		try {
			// What all of them share is there with the first few.
			open(factory, options, connections, 5);
			Kept few = Kept.measure();
			open(factory, options, connections, options.concurrency());
			Kept many = Kept.measure();
			report.kept(options.concurrency(), many.heap() - few.heap(), many.threads() - few.threads());
		}
		finally {
			connections.forEach(FlyteConnection::close);
		}
	}

	private static void open(FlyteConnectionFactory factory, LoadOptions options, List<FlyteConnection> connections,
			int count) {
		for (int i = 0; i < count; i++) {
			FlyteConnection connection = factory.create(config(options, "idle-" + connections.size()));
			connections.add(connection);
			connection.admin().blocking().getVersion(GetVersionRequest.getDefaultInstance());
		}
	}

	private static PlatformConfig config(LoadOptions options, String name) {
		PlatformConfigBuilder config = PlatformConfig.builder().name(name);
		Map<String, String> properties = new LinkedHashMap<>(options.properties());
		properties.remove("flyte.config-file");
		properties.forEach(config::property);
		return config.build();
	}

	private record Kept(long heap, int threads) {

		static Kept measure() throws InterruptedException {
			Thread.sleep(REST.toMillis());
			for (int i = 0; i < 5; i++) {
				System.gc();
				Thread.sleep(200);
			}
			return new Kept(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
					ManagementFactory.getThreadMXBean().getThreadCount());
		}

	}

}
