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
import io.flyteconnect.internal.text.SafeText;

/**
 * Calls Flyte once while the application starts, if {@code flyte.startup-check} asks for
 * it.
 */
class FlyteStartupCheck implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(FlyteStartupCheck.class);

	private static final Duration DEADLINE = Duration.ofSeconds(10);

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
			logger.info(name + ": Flyte answers");
		}
		catch (StatusRuntimeException ex) {
			if (this.check == StartupCheck.FAIL) {
				throw new FlyteStartupCheckException(flyte.config(), ex);
			}
			logger.warn(name + ": Flyte does not answer: " + SafeText.message(ex.getMessage()));
		}
	}

}
