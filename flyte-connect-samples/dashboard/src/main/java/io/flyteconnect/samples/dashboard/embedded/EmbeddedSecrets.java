package io.flyteconnect.samples.dashboard.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.Profiles;
import org.springframework.util.FileSystemUtils;

/**
 * Plays Flyte's webhook, which mounts the secrets of a pod: the application finds those
 * of the embedded cluster in a folder, as {@code ${flyte-secret.<group>.<key>}}. They are
 * made up anew for each start, and only this user can read them.
 */
class EmbeddedSecrets implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		if (!context.getEnvironment().acceptsProfiles(Profiles.of("embedded"))) {
			return;
		}
		Path folder = mount();
		context.getEnvironment()
			.getPropertySources()
			.addFirst(new MapPropertySource("embeddedSecrets", Map.of("flyte.secrets.default-dir", folder.toString())));
		context.addApplicationListener((ApplicationListener<ContextClosedEvent>) (event) -> {
			if (event.getApplicationContext() == context) {
				FileSystemUtils.deleteRecursively(folder.toFile());
			}
		});
	}

	private static Path mount() {
		try {
			Path folder = Files.createTempDirectory("flyte-connect-dashboard");
			Path group = Files.createDirectory(folder.resolve("dashboard"));
			Files.writeString(group.resolve("client-secret"), UUID.randomUUID().toString());
			return folder;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
