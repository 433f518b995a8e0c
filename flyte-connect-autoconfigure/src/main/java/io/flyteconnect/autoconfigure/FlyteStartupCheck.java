package io.flyteconnect.autoconfigure;

import java.time.Duration;

import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import io.grpc.StatusRuntimeException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

import io.flyteconnect.FlyteConnection;
import io.flyteconnect.autoconfigure.FlyteProperties.StartupCheck;
import io.flyteconnect.doctor.DiagnosedStep;
import io.flyteconnect.doctor.DiagnosedStep.Outcome;
import io.flyteconnect.internal.text.SafeText;

/**
 * Calls Flyte once while the application starts, if {@code flyte.startup-check} asks for
 * it.
 */
class FlyteStartupCheck implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(FlyteStartupCheck.class);

	private static final Duration DEADLINE = Duration.ofSeconds(10);

	private static final Duration STEP_LIMIT = Duration.ofSeconds(5);

	private final StartupCheck check;

	private final ObjectProvider<FlyteConnection> connections;

	FlyteStartupCheck(StartupCheck check, ObjectProvider<FlyteConnection> connections) {
		this.check = check;
		this.connections = connections;
	}

	@Override
	public void afterSingletonsInstantiated() {
		if (this.check != StartupCheck.NONE) {
			this.connections.orderedStream().forEach(this::check);
		}
	}

	private void check(FlyteConnection flyte) {
		String name = "Flyte connection '" + flyte.name() + "' to " + flyte.config().endpoint();
		try {
			flyte.admin().withDeadline(DEADLINE).blocking().getVersion(GetVersionRequest.getDefaultInstance());
		}
		catch (StatusRuntimeException ex) {
			flyte.diagnose(STEP_LIMIT, false).steps().forEach((step) -> logger.warn(name + ": " + brief(step)));
			if (this.check == StartupCheck.FAIL) {
				throw new FlyteStartupCheckException(flyte.config(), ex);
			}
			logger.warn(name + ": Flyte does not answer: " + SafeText.message(ex.getMessage()));
		}
	}

	// What is wrong is said by the line that follows, or by the failure of the start.
	private static String brief(DiagnosedStep step) {
		return (step.outcome() == Outcome.FAILED) ? step.step() + ": " + step.outcome() : step.toString();
	}

}
