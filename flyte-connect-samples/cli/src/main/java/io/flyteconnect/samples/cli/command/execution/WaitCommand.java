package io.flyteconnect.samples.cli.command.execution;

import java.time.Duration;

import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import io.flyteconnect.samples.cli.command.Answer;
import io.flyteconnect.samples.cli.command.FlyteCommand;

/**
 * Waits until an execution has ended.
 *
 * @author Flyte Connect
 * @since 0.1.0
 */
@Command(name = "wait", description = "Wait until an execution has ended.")
public final class WaitCommand extends FlyteCommand {

	@Mixin
	private PlaceOptions place = new PlaceOptions();

	@Parameters(index = "0", paramLabel = "EXECUTION", description = "The name of the execution.")
	private String execution = "";

	@Option(names = "--timeout", defaultValue = "1h", paramLabel = "DURATION",
			description = "How long to wait, such as 30s, 10m or 2h (default: ${DEFAULT-VALUE}).")
	private Duration timeout = Duration.ofHours(1);

	@Override
	protected Answer answer(ConfigurableApplicationContext context) {
		Waiting ended = Waiting.until(context, this.place.execution(this.execution), this.timeout);
		exitCode(ended.exitCode());
		return ended.answer();
	}

}
