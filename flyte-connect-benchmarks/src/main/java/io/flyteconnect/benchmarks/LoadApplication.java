package io.flyteconnect.benchmarks;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * A service that has the starter and nothing else. The driver's flags become
 * {@code flyte.*} properties, so what is measured is what an application gets.
 *
 * @since 0.1.0
 */
@SpringBootApplication
public class LoadApplication {

	/**
	 * Make the calls that the flags ask for.
	 * @param args the flags, {@code --name=value}
	 */
	public static void main(String[] args) {
		System.exit(new LoadDriver(new LoadReport(System.out)).run(args));
	}

}
