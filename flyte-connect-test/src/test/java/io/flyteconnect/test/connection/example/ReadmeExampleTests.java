package io.flyteconnect.test.connection.example;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The examples of the README are those that are compiled and run here.
 */
class ReadmeExampleTests {

	private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

	@ParameterizedTest
	@ValueSource(strings = { "Executions", "DailyDemand", "DailyDemandTests", "FlyteProblems" })
	void whenAnExampleIsInTheReadmeThenItIsTheClassThatRuns(String name) {
		String example = BLOCK.matcher(read(Path.of("..", "README.md")))
			.results()
			.map((result) -> result.group(1))
			.filter((block) -> block.contains("\nclass " + name + " {"))
			.findFirst()
			.orElseThrow();
		String source = read(
				Path.of("src", "test", "java", "io", "flyteconnect", "test", "connection", "example", name + ".java"));
		assertThat(body(example)).isEqualTo(body(source));
		assertThat(source.lines().toList()).containsAll(imports(example));
	}

	private static String body(String code) {
		Matcher body = Pattern.compile("^@.*", Pattern.DOTALL | Pattern.MULTILINE).matcher(code);
		assertThat(body.find()).isTrue();
		return body.group().strip();
	}

	private static List<String> imports(String code) {
		return code.lines().filter((line) -> line.startsWith("import ")).toList();
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
