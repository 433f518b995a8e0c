package io.flyteconnect.internal.channel;

import java.io.IOException;
import java.util.Properties;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;

/**
 * The user agent of a channel. gRPC adds its own name and version behind.
 */
final class UserAgent {

	private static final String PRODUCT = "flyte-connect";

	private UserAgent() {
	}

	static String of(@Nullable String configured) {
		return (configured != null) ? configured : PRODUCT + "/" + version();
	}

	// A resource that the build fills in: unlike the manifest it is there in tests, too.
	static String version() {
		try {
			Properties properties = PropertiesLoaderUtils
				.loadProperties(new ClassPathResource("version.properties", UserAgent.class));
			return properties.getProperty("version", "unknown");
		}
		catch (IOException ex) {
			return "unknown";
		}
	}

}
