package io.flyteconnect.autoconfigure.container;

import org.springframework.boot.docker.compose.core.RunningService;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionDetailsFactory;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionSource;

import io.flyteconnect.autoconfigure.FlyteConnectionDetails;
import io.flyteconnect.config.PlatformConfigBuilder;

/**
 * Connects to a service of Docker Compose: one of Flyte's sandbox image, or any whose
 * label {@code org.springframework.boot.service-connection} is {@code flyte}.
 */
class FlyteDockerComposeConnectionDetailsFactory extends DockerComposeConnectionDetailsFactory<FlyteConnectionDetails> {

	FlyteDockerComposeConnectionDetailsFactory() {
		super(FlyteContainer.NAMES);
	}

	@Override
	protected FlyteConnectionDetails getDockerComposeConnectionDetails(DockerComposeConnectionSource source) {
		return new Details(source.getRunningService());
	}

	private static final class Details extends DockerComposeConnectionDetails implements FlyteConnectionDetails {

		private final FlyteContainer container;

		private Details(RunningService service) {
			super(service);
			this.container = new FlyteContainer(service.name(), service.host(), service.ports()::get, service.labels());
		}

		@Override
		public String connectionName() {
			return this.container.connectionName();
		}

		@Override
		public void applyTo(PlatformConfigBuilder settings) {
			this.container.applyTo(settings);
		}

	}

}
