package io.flyteconnect.autoconfigure.environment;

import org.apache.commons.logging.Log;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.DefaultPropertiesPropertySource;
import org.springframework.boot.logging.DeferredLogFactory;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MutablePropertySources;

import io.flyteconnect.autoconfigure.secret.SecretBindHandler;
import io.flyteconnect.internal.configfile.FlyteFile;
import io.flyteconnect.internal.configfile.FlyteFilePropertySource;
import io.flyteconnect.internal.configfile.FlyteFiles;
import io.flyteconnect.internal.configfile.ProcessEnvironment;

/**
 * Adds the Flyte file to the environment, weaker than what the application itself says
 * and stronger than its default properties.
 */
public class FlyteConfigFileEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

	/** After the configuration data, so that application.yml may name the file. */
	static final int ORDER = ConfigDataEnvironmentPostProcessor.ORDER + 10;

	private final Log logger;

	public FlyteConfigFileEnvironmentPostProcessor(DeferredLogFactory logFactory) {
		this.logger = logFactory.getLog(FlyteConfigFileEnvironmentPostProcessor.class);
	}

	@Override
	public int getOrder() {
		return ORDER;
	}

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		postProcessEnvironment(environment, ProcessEnvironment.of(environment));
	}

	public void postProcessEnvironment(ConfigurableEnvironment environment, ProcessEnvironment process) {
		Binder binder = SecretBindHandler.binder(environment);
		MutablePropertySources sources = environment.getPropertySources();
		boolean present = sources.stream().anyMatch(FlyteFilePropertySource.class::isInstance);
		if (present || !binder.bind("flyte.enabled", Boolean.class).orElse(true)) {
			return;
		}
		FlyteFile file = new FlyteFiles(process).read(binder.bind("flyte.config-file", String.class).orElse(""),
				"flyte.config-file");
		if (file != null) {
			add(sources, FlyteFilePropertySource.forEnvironment(file, "flyte"));
			this.logger.info("Using the Flyte file " + file.path());
			file.warnings().forEach(this.logger::warn);
		}
	}

	private void add(MutablePropertySources sources, FlyteFilePropertySource source) {
		if (sources.contains(DefaultPropertiesPropertySource.NAME)) {
			sources.addBefore(DefaultPropertiesPropertySource.NAME, source);
		}
		else {
			sources.addLast(source);
		}
	}

}
