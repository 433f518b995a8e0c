package io.flyteconnect.internal.channel;

import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.config.PlatformConfig;

/**
 * Says which setting it was that a channel could not be made with.
 */
final class UnusableChannel {

	private UnusableChannel() {
	}

	// gRPC reports both while it builds the channel, and only by text.
	static RuntimeException explain(RuntimeException ex, PlatformConfig config) {
		String message = String.valueOf(ex.getMessage());
		if (config.channel().serviceConfig() != null && message.contains("Default config is invalid")) {
			return new InvalidFlyteConfigurationException(ServiceConfigs.PROPERTY, null,
					"gRPC does not understand this service config: " + message,
					"Correct it, or remove it to use the one that is built in.", ex);
		}
		// Without a resolver, what has a short scheme counts as a name for DNS.
		if (message.contains("NameResolverProvider")
				|| config.endpoint().host() == null && message.startsWith("Invalid DNS name")) {
			return new InvalidFlyteConfigurationException("flyte.platform.url", config.configSource(),
					"gRPC has no name resolver for the endpoint " + config.endpoint() + ".",
					config.endpoint().target().startsWith("xds:")
							? "Name a host and a port, or add io.grpc:grpc-xds to the class path."
							: "Name a host and a port, or add the name resolver to the class path.",
					ex);
		}
		return ex;
	}

}
