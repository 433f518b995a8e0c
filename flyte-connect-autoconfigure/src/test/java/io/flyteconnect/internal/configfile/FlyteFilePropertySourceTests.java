package io.flyteconnect.internal.configfile;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.origin.OriginTrackedValue;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

class FlyteFilePropertySourceTests {

	@ParameterizedTest
	@ValueSource(strings = { "${X}", "a${X}b", "\\${X}", "\\\\${X}", "${a:${X}}", "${${X}}", "${", "${X", "${X}${",
			"}${X", "a${b${X}c", "${a{b}", "${a{b}}", "{${X}}", "${X}${X}", "$X", "#{X}", "C:\\x\\${X}", "${X:d\\:e}",
			"plain", "" })
	void whenTextLooksLikePlaceholderThenEnvironmentAndBinderLeaveIt(String text) {
		FlyteFile file = new FlyteFile(Path.of("config.yaml"), Map.of("v", OriginTrackedValue.of(text)), List.of());
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new MapPropertySource("x", Map.of("X", "expanded", "a", "b")));
		environment.getPropertySources().addLast(FlyteFilePropertySource.forEnvironment(file, "flyte"));
		assertThat(environment.getProperty("flyte.v")).isEqualTo(text);
		ConfigurationPropertySources.attach(environment);
		assertThat(Binder.get(environment).bind("flyte.v", String.class).get()).isEqualTo(text);
		assertThat(environment.getProperty("flyte.v")).isEqualTo(text);
		assertThat(FlyteFilePropertySource.of(file, "flyte").getProperty("flyte.v")).isEqualTo(text);
	}

}
