package io.flyteconnect.benchmarks;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.sun.management.OperatingSystemMXBean;
import io.grpc.internal.GrpcUtil;
import org.jspecify.annotations.Nullable;

/**
 * What the driver says: one JSON object a line, and nothing else of its own.
 */
class LoadReport {

	private static final int MOST_ERRORS = 5;

	private static final OperatingSystemMXBean SYSTEM = ManagementFactory
		.getPlatformMXBean(OperatingSystemMXBean.class);

	private final PrintStream out;

	private final Set<String> errors = new LinkedHashSet<>();

	LoadReport(PrintStream out) {
		this.out = out;
	}

	void hello() {
		Map<String, Object> line = line("hello");
		line.put("client", "java");
		String version = LoadApplication.class.getPackage().getImplementationVersion();
		line.put("version", (version != null) ? version : "unpackaged");
		line.put("runtime", "java " + System.getProperty("java.version") + " grpc-java "
				+ GrpcUtil.getGrpcBuildVersion().getImplementationVersion());
		print(line);
	}

	void start(long t0) {
		Map<String, Object> line = line("start");
		line.put("t0_ns", t0);
		print(line);
	}

	/**
	 * Report a phase that ends now.
	 */
	void phase(String phase, long t0, long cpuBefore) {
		long cpu = cpuMicros() - cpuBefore;
		Map<String, Object> line = line("phase");
		line.put("phase", phase);
		line.put("t0_ns", t0);
		line.put("t1_ns", Times.now());
		line.put("cpu_us", cpu);
		print(line);
	}

	/**
	 * Report what idle connections keep.
	 */
	void kept(int connections, long heap, int threads) {
		Map<String, Object> line = line("kept");
		line.put("connections", connections);
		line.put("heap_bytes_per_connection", heap / connections);
		line.put("threads", threads);
		print(line);
	}

	/**
	 * The driver gives up.
	 */
	void error(String text) {
		Map<String, Object> line = line("error");
		line.put("text", text);
		print(line);
	}

	/**
	 * Remember the first few different texts of failed calls.
	 */
	void remember(@Nullable String text) {
		synchronized (this.errors) {
			if (text != null && this.errors.size() < MOST_ERRORS) {
				this.errors.add(text);
			}
		}
	}

	void done() {
		Map<String, Object> line = line("done");
		synchronized (this.errors) {
			line.put("errors", List.copyOf(this.errors));
		}
		print(line);
	}

	static long cpuMicros() {
		return SYSTEM.getProcessCpuTime() / 1000;
	}

	private static Map<String, Object> line(String type) {
		Map<String, Object> line = new LinkedHashMap<>();
		line.put("type", type);
		return line;
	}

	private void print(Map<String, Object> line) {
		this.out.println(Json.write(line));
		this.out.flush();
	}

}
