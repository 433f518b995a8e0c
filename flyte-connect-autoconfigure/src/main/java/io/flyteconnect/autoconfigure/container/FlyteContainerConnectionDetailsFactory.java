package io.flyteconnect.autoconfigure.container;

import java.util.List;

import org.springframework.boot.testcontainers.service.connection.ContainerConnectionDetailsFactory;
import org.springframework.boot.testcontainers.service.connection.ContainerConnectionSource;
import org.testcontainers.containers.GenericContainer;

import io.flyteconnect.autoconfigure.FlyteConnectionDetails;
import io.flyteconnect.config.PlatformConfigBuilder;

/**
 * Connects to the container that {@code @ServiceConnection} marks: one of Flyte's sandbox
 * image, or any that is named {@code flyte} there.
 */
class FlyteContainerConnectionDetailsFactory
		extends ContainerConnectionDetailsFactory<GenericContainer<?>, FlyteConnectionDetails> {

	FlyteContainerConnectionDetailsFactory() {
		super(List.of(FlyteContainer.NAMES));
	}

	@Override
	protected FlyteConnectionDetails getContainerConnectionDetails(
			ContainerConnectionSource<GenericContainer<?>> source) {
		return new Details(source);
	}

	private static final class Details extends ContainerConnectionDetails<GenericContainer<?>>
			implements FlyteConnectionDetails {

		private Details(ContainerConnectionSource<GenericContainer<?>> source) {
			super(source);
		}

		@Override
		public String connectionName() {
			return container().connectionName();
		}

		@Override
		public void applyTo(PlatformConfigBuilder settings) {
			container().applyTo(settings);
		}

		private FlyteContainer container() {
			GenericContainer<?> container = getContainer();
			return new FlyteContainer(String.valueOf(getOrigin()), container.getHost(), container::getMappedPort,
					container.getLabels());
		}

	}

}
