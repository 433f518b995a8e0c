package io.flyteconnect.benchmarks.startup;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import com.sun.management.OperatingSystemMXBean;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/**
 * An application that has nothing of its own. Says what its start took, and ends. Uses
 * nothing of the starter, so that it also runs without it.
 *
 * @since 0.1.0
 */
@SpringBootConfiguration
@EnableAutoConfiguration
public class MinimalApplication {

	/**
	 * Start, and write a line: the milliseconds from here until the application is ready,
	 * those of the processor since the process was started, and the sockets that are
	 * open.
	 * @param args the application's properties
	 * @throws IOException if what the process has open cannot be listed
	 */
	public static void main(String[] args) throws IOException {
		long start = System.nanoTime();
		SpringApplication application = new SpringApplication(MinimalApplication.class);
		application.run(args);
		long ready = System.nanoTime();
		long processor = ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
		System.out.println("READY " + (ready - start) / 1_000_000 + " " + processor / 1_000_000 + " " + sockets());
		System.exit(0);
	}

	private static long sockets() throws IOException {
		Path open = Path.of("/proc/self/fd");
		if (!Files.isDirectory(open)) {
			return 0;
		}
		try (Stream<Path> files = Files.list(open)) {
			return files.filter(MinimalApplication::isSocket).count();
		}
	}

	private static boolean isSocket(Path file) {
		try {
			return Files.readSymbolicLink(file).toString().startsWith("socket:");
		}
		catch (IOException ex) {
			// The listing's own has been closed.
			return false;
		}
	}

}
