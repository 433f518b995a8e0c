package io.flyteconnect.samples.cli.command;

import java.io.PrintWriter;

import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Option;

/**
 * A command that needs the application.
 *
 * @author Flyte Connect
 * @since 0.1.0
 */
public abstract class FlyteCommand {

	@Option(names = "--output", defaultValue = "table", paramLabel = "table|json",
			description = "How the answer is written (default: table).")
	private Output output = Output.TABLE;

	FlyteCommand() {
	}

	/**
	 * Run the command.
	 * @param context the application
	 * @param out where the answer goes
	 * @throws io.grpc.StatusRuntimeException if a call failed
	 */
	public void run(ConfigurableApplicationContext context, PrintWriter out) {
		this.output.write(answer(context), out);
		out.flush();
	}

	final Output output() {
		return this.output;
	}

	abstract Answer answer(ConfigurableApplicationContext context);

}
