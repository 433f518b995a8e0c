package io.flyteconnect.benchmarks;

import java.util.Locale;

/**
 * A way to put load on the client.
 */
interface LoadMode {

	void run(LoadOptions options, LoadReport report, Samples samples) throws Exception;

	static LoadMode of(String name) {
		return switch (name.toLowerCase(Locale.ROOT)) {
			case "throughput" -> new ThroughputMode();
			case "clusters" -> new ClustersMode();
			case "idle" -> new IdleMode();
			case "coldstart" -> new ColdStartMode();
			case "steady", "expiry", "revoke" -> new SteadyMode();
			default -> throw new IllegalArgumentException("Unknown mode: " + name);
		};
	}

}
