package io.flyteconnect.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.json.JsonParserFactory;
import org.springframework.util.ClassUtils;

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
