package io.flyteconnect.test.container;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.docker.compose.core.ConnectionPorts;
import org.springframework.boot.docker.compose.core.ImageReference;
import org.springframework.boot.docker.compose.core.RunningService;

/**
 * A service of Docker Compose that needs no Docker.
 *
 * @param image the image
 * @param host the host that ports are published on
 * @param ports the published ports, in the form of {@link ConnectionPorts}
 * @param labels the labels
 */
record RunningFlyte(ImageReference image, String host, ConnectionPorts ports,
		Map<String, String> labels) implements RunningService {

	RunningFlyte(String image, String host, int port, int published, Map<String, String> labels) {
		this(ImageReference.of(image), host, new OnePort(port, published), labels);
	}

	@Override
	public String name() {
		return "app-flyte-1";
	}

	@Override
	public Map<String, @Nullable String> env() {
		return Map.of();
	}

	private record OnePort(int port, int published) implements ConnectionPorts {

		@Override
		public int get(int containerPort) {
			if (containerPort != this.port) {
				throw new IllegalStateException("No host port mapping found for container port " + containerPort);
			}
			return this.published;
		}

		@Override
		public List<Integer> getAll() {
			return List.of(this.published);
		}

		@Override
		public List<Integer> getAll(@Nullable String protocol) {
			return getAll();
		}

	}

}
