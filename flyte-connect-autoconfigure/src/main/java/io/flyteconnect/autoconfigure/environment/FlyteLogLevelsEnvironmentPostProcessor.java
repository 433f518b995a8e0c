package io.flyteconnect.autoconfigure.environment;

import java.util.Map;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Keeps two loggers at INFO if the root level is lower, since they log secrets at DEBUG
 * and TRACE: that of gRPC logs the headers of each call with the token, and that of the
 * JDK's processes logs the arguments of commands. A level that the application sets for
 * one of them takes precedence.
 */
class FlyteLogLevelsEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

	private static final String NAME = "flyteLogLevels";

	private static final Map<String, Object> LEVELS = Map.of("logging.level.io.grpc.netty.NettyClientHandler", "info",
			"logging.level.java.lang.ProcessBuilder", "info");

	@Override
	public int getOrder() {
		return FlyteConfigFileEnvironmentPostProcessor.ORDER + 1;
	}

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		boolean enabled = Binder.get(environment).bind("flyte.enabled", Boolean.class).orElse(true);
		if (enabled && !environment.getPropertySources().contains(NAME)) {
			environment.getPropertySources().addLast(new MapPropertySource(NAME, LEVELS));
		}
	}

}
