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

/**
 * Calls Flyte once while the application starts, if {@code flyte.startup-check} asks for
 * it.
 */
class FlyteStartupCheck implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(FlyteStartupCheck.class);

	private static final Duration DEADLINE = Duration.ofSeconds(10);

	private final StartupCheck check;

	private final ObjectProvider<FlyteConnection> connection;

	FlyteStartupCheck(StartupCheck check, ObjectProvider<FlyteConnection> connection) {
		this.check = check;
		this.connection = connection;
	}

	@Override
	public void afterSingletonsInstantiated() {
		if (this.check == StartupCheck.NONE) {
			return;
		}
		this.connection.ifAvailable((flyte) -> {
			try {
				flyte.admin().withDeadline(DEADLINE).blocking().getVersion(GetVersionRequest.getDefaultInstance());
				logger.info("Flyte answers at " + flyte.config().endpoint());
			}
			catch (StatusRuntimeException ex) {
				if (this.check == StartupCheck.FAIL) {
					throw new FlyteStartupCheckException(flyte.config().endpoint(), ex);
				}
				logger.warn("Flyte does not answer at " + flyte.config().endpoint() + ": " + ex.getMessage());
			}
		});
	}

}
