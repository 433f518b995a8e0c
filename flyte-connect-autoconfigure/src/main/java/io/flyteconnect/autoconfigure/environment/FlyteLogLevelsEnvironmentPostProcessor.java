package io.flyteconnect.autoconfigure.environment;

import java.util.Map;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Keeps two loggers of libraries quiet where the level of all loggers is lowered, since
 * they write secrets at DEBUG and TRACE: gRPC's, which has the headers of each call with
 * the token, and that of the JDK's processes, which has the arguments of a command. A
 * level that the application sets for them by name wins.
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
