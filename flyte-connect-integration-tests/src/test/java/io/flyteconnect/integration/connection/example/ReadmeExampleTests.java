package io.flyteconnect.integration.connection.example;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.tools.ToolProvider;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The examples of the README are those that are compiled and run here.
 */
@Tag("once")
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
				Path.of("src/test/java/io/flyteconnect/integration/connection/example").resolve(name + ".java"));
		assertThat(body(example)).isEqualTo(body(source));
		assertThat(source.lines().toList()).containsAll(imports(example));
	}

	@Test
	void whenAClassIsInTheReadmeThenItCompilesAsItStands(@TempDir Path folder) throws IOException {
		List<String> arguments = new ArrayList<>(List.of("-proc:none", "-nowarn", "-d", folder.toString(), "-cp",
				System.getProperty("java.class.path")));
		Matcher blocks = BLOCK.matcher(read(Path.of("..", "README.md")));
		while (blocks.find()) {
			Matcher type = Pattern.compile("^class (\\w+) ", Pattern.MULTILINE).matcher(blocks.group(1));
			if (type.find()) {
				Path file = folder.resolve(type.group(1) + ".java");
				arguments.add(Files.writeString(file, blocks.group(1)).toString());
			}
		}
		ByteArrayOutputStream errors = new ByteArrayOutputStream();
		int exitCode = ToolProvider.getSystemJavaCompiler().run(null, null, errors, arguments.toArray(String[]::new));
		assertThat(exitCode).as(errors.toString()).isZero();
		assertThat(arguments).filteredOn((argument) -> argument.endsWith(".java")).hasSizeGreaterThanOrEqualTo(5);
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
