package io.flyteconnect.samples.cli.command;

import java.time.Duration;

import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import io.flyteconnect.FlyteConnection;
import io.flyteconnect.doctor.DiagnosedStep;
import io.flyteconnect.doctor.DiagnosedStep.Outcome;
import io.flyteconnect.doctor.DiagnosisStep;
import io.flyteconnect.doctor.FlyteDiagnosis;

/**
 * Shows how far the connection gets, step by step. The exit code is 0 if Flyte Admin
 * answers, 4 if the login fails, and 1 if anything else does.
 *
 * @since 0.1.0
 */
@Command(name = "doctor",
		description = "Show step by step how far the connection gets. Nobody is asked to log in without --login.")
public final class DoctorCommand extends FlyteCommand {

	@Option(names = "--login", description = "Ask a person to log in where that is needed, within --timeout.")
	private boolean login;

	@Option(names = "--timeout", defaultValue = "10s", paramLabel = "<duration>",
			description = "How long it may take, all steps together (default: 10s).")
	private Duration timeout = Duration.ofSeconds(10);

	/**
	 * Create the command.
	 */
	public DoctorCommand() {
	}

	@Override
	protected Answer answer(ConfigurableApplicationContext context) throws StatusRuntimeException {
		FlyteDiagnosis diagnosis = context.getBean(FlyteConnection.class).diagnose(this.timeout, this.login);
		Answer answer = Answer.list("step", "outcome", "detail");
		for (DiagnosedStep step : diagnosis.steps()) {
			answer.add(step.step().toString(), step.outcome().toString(), step.text() + hint(step));
		}
		exitCode(diagnosis.failure().map(DoctorCommand::codeOf).orElse(ExitCodes.OK));
		return answer;
	}

	private static String hint(DiagnosedStep step) {
		boolean late = step.outcome() == Outcome.FAILED && step.text().startsWith(Code.DEADLINE_EXCEEDED.name());
		return late ? "; --timeout gives it more" : "";
	}

	private static int codeOf(DiagnosedStep failure) {
		return (failure.step() == DiagnosisStep.TOKEN) ? ExitCodes.LOGIN : ExitCodes.CALL;
	}

}
