package io.flyteconnect.benchmarks.startup;

import java.lang.management.ManagementFactory;

import com.sun.management.OperatingSystemMXBean;
import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

import io.flyteconnect.FlyteAdminStub;

/**
 * An application that makes two calls as soon as it is ready. Uses only what each version
 * of the starter has, so that two builds can be compared.
 *
 * @since 0.1.0
 */
@SpringBootConfiguration
@EnableAutoConfiguration
public class FirstCallApplication {

	/**
	 * Start, call twice, and write a line: the milliseconds from here until the
	 * application is ready, those of its first call, which logs in, those of the second,
	 * those from the begin of the process to the first answer, those of the processor in
	 * the first call, and those of the processor until its answer.
	 * @param args the application's properties
	 */
	public static void main(String[] args) {
		long start = System.nanoTime();
		ConfigurableApplicationContext context = new SpringApplication(FirstCallApplication.class).run(args);
		long started = processor();
		long ready = System.nanoTime();
		FlyteAdminStub flyte = context.getBean(FlyteAdminStub.class);
		flyte.blocking().getVersion(GetVersionRequest.getDefaultInstance());
		long first = System.nanoTime();
		long process = System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
		long called = processor();
		long again = System.nanoTime();
		flyte.blocking().getVersion(GetVersionRequest.getDefaultInstance());
		long second = System.nanoTime();
		System.out.println("CALLED " + millis(start, ready) + " " + millis(ready, first) + " " + millis(again, second)
				+ " " + process + " " + millis(started, called) + " " + called / 1_000_000);
		System.exit(0);
	}

	private static long processor() {
		return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
	}

	private static long millis(long from, long to) {
		return (to - from) / 1_000_000;
	}

}
