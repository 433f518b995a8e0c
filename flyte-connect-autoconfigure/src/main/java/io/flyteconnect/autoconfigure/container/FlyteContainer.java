package io.flyteconnect.autoconfigure.container;

import java.util.Map;
import java.util.Set;
import java.util.function.IntUnaryOperator;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.config.PlatformConfigBuilder;

/**
 * A container that runs Flyte, whoever started it. It is called in plaintext at the
 * sandbox's port; labels say otherwise: {@code io.flyteconnect.port} names another port
 * of the container, {@code io.flyteconnect.connection} the connection that goes to it,
 * and any other, such as {@code io.flyteconnect.platform.insecure}, is the property
 * {@code flyte.*} of that name.
 *
 * @param name what people know the container by
 * @param host the host that the container's ports are published on
 * @param ports the published port for one of the container, which throws an exception
 * where there is none
 * @param labels the container's labels
 */
record FlyteContainer(String name, String host, IntUnaryOperator ports, Map<String, String> labels) {

	/**
	 * What a connection to Flyte is called, and the image of Flyte's sandbox without its
	 * registry (flytectl/pkg/sandbox/start.go).
	 */
	static final String[] NAMES = { "flyte", "flyteorg/flyte-sandbox-bundled" };

	private static final String PREFIX = "io.flyteconnect.";

	private static final String PORT_LABEL = PREFIX + "port";

	private static final String CONNECTION_LABEL = PREFIX + "connection";

	/** What says something about the container itself, and is no property. */
	private static final Set<String> OWN_LABELS = Set.of(PORT_LABEL, CONNECTION_LABEL);

	/** The sandbox's proxy, in front of Flyte Admin and Flyte Console. */
	private static final int PORT = 30080;

	String connectionName() {
		return this.labels.getOrDefault(CONNECTION_LABEL, PlatformConfig.DEFAULT_NAME);
	}

	void applyTo(PlatformConfigBuilder settings) {
		settings.endpoint(authority(publishedPort())).insecure(true);
		this.labels.forEach((label, value) -> {
			if (label.startsWith(PREFIX) && !OWN_LABELS.contains(label)) {
				settings.property("flyte." + label.substring(PREFIX.length()), value);
			}
		});
	}

	private String authority(int port) {
		return ((this.host.indexOf(':') < 0) ? this.host : "[" + this.host + "]") + ":" + port;
	}

	private int publishedPort() {
		int port = port(this.labels.get(PORT_LABEL));
		try {
			return this.ports.applyAsInt(port);
		}
		catch (IllegalArgumentException | IllegalStateException ex) {
			throw new IllegalStateException("The Flyte container '" + this.name + "' does not publish its port " + port
					+ ". Publish it, or name the port that Flyte listens on there by the label " + PORT_LABEL + ".",
					ex);
		}
	}

	private int port(@Nullable String label) {
		if (label == null) {
			return PORT;
		}
		try {
			return Integer.parseInt(label);
		}
		catch (NumberFormatException ex) {
			throw new IllegalStateException("The label " + PORT_LABEL + " of the Flyte container '" + this.name
					+ "' is no port: '" + label + "'. Set it to a number such as " + PORT + ".", ex);
		}
	}

}
