package io.flyteconnect.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.json.JsonParserFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.ClassUtils;

import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.PlatformConfig;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("once")
class ReadmeTests {

	static final Path METADATA = Path.of("target", "classes", "META-INF", "spring-configuration-metadata.json");

	@Test
	void whenThereIsAPropertyThenTheReadmeNamesIt() throws IOException {
		String readme = Files.readString(Path.of("..", "README.md"));
		List<String> properties = properties();
		assertThat(properties).hasSizeGreaterThan(40)
			.allSatisfy((property) -> assertThat(readme).contains("`" + property + "`"));
	}

	@Test
	void whenABeanIsNamedThenItIsInItsPackage() throws IOException {
		Pattern row = Pattern.compile("^\\| ((?:`[A-Z]\\w+`(?:, )?)+) \\| `(io\\.flyteconnect[\\w.]*)` \\|",
				Pattern.MULTILINE);
		List<String> types = row.matcher(Files.readString(Path.of("..", "README.md")))
			.results()
			.flatMap((match) -> Arrays.stream(match.group(1).split(", "))
				.map((type) -> match.group(2) + "." + type.replace("`", "")))
			.toList();
		assertThat(types).hasSizeGreaterThan(7)
			.allSatisfy((type) -> assertThat(ClassUtils.isPresent(type, null)).as(type).isTrue());
	}

	@ParameterizedTest
	@CsvSource({ "local, localhost:8089, true, CLIENT_CREDENTIALS, dashboard",
			"sandbox, localhost:30080, true, NONE, my-service",
			"staging, flyte.staging.example.com, false, CLIENT_CREDENTIALS, my-service",
			"production, flyte.example.com, false, CLIENT_CREDENTIALS, my-service" })
	void whenAProfileOfTheExampleIsNamedThenItsClusterIsUsed(String profile, String endpoint, boolean insecure,
			AuthMode mode, String clientId, @TempDir Path folder) throws IOException {
		Matcher example = Pattern.compile("```yaml\n(flyte:  [^`]*on-profile: local[^`]*)```")
			.matcher(Files.readString(Path.of("..", "README.md")));
		assertThat(example.find()).isTrue();
		Path secret = Files.writeString(folder.resolve("client-secret"), "of-the-file");
		Files.writeString(folder.resolve("application.yml"),
				example.group(1).replace("/etc/flyte/client-secret", secret.toString()));
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(FlyteAutoConfiguration.class)
			.web(WebApplicationType.NONE)
			.run("--spring.config.location=" + folder + "/", "--spring.profiles.active=" + profile,
					"--flyte.config-file=none", "--LOCAL_FLYTE_SECRET=of-this-machine")) {
			PlatformConfig config = context.getBean(PlatformConfig.class);
			assertThat(config.endpoint()).hasToString(endpoint);
			assertThat(config.tls().insecure()).isEqualTo(insecure);
			assertThat(config.credentials().authMode()).isEqualTo(mode);
			assertThat(config.credentials().clientId()).isEqualTo(clientId);
		}
	}

	static List<String> properties() throws IOException {
		// Not from the class path, where the properties of tests have theirs, too.
		String json = Files.readString(METADATA);
		List<?> properties = (List<?>) Objects
			.requireNonNull(JsonParserFactory.getJsonParser().parseMap(json).get("properties"));
		return properties.stream()
			.map((property) -> String.valueOf(((Map<?, ?>) property).get("name")))
			.filter((name) -> name.startsWith("flyte."))
			.toList();
	}

}
