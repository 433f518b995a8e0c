package io.flyteconnect.internal.configfile.yaml;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import io.flyteconnect.internal.configfile.FlyteFileText;
import io.flyteconnect.internal.configfile.InvalidFlyteFileException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * {@link YamlDocument}: what becomes of a file at which SnakeYAML itself fails.
 */
class YamlDocumentTests {

	private static final FlyteFileText FILE = new FlyteFileText(Path.of("/etc/flyte/config.yaml"),
			"admin:\n  endpoint: flyte.example.com\n");

	@Test
	void whenSnakeYamlFailsThenTheErrorSaysWhereAndNothingOfTheFile() {
		YamlDocument document = new YamlDocument(FILE, (yaml, text) -> {
			throw new NumberFormatException("For input string: \"s3cret\"");
		});
		assertThatExceptionOfType(InvalidFlyteFileException.class).isThrownBy(document::root)
			.withMessage("/etc/flyte/config.yaml:3:1: The file is no valid YAML document: what follows here cannot be"
					+ " read (NumberFormatException).")
			.withNoCause()
			.satisfies((ex) -> assertThat(ex.getAction()).startsWith("Correct the file"));
	}

	@Test
	void whenMoreIsWrongBehindALimitThenTheErrorIsThatOfTheLimitAndQuotesNothing() {
		StringBuilder text = new StringBuilder("base: &base {endpoint: a}\n");
		for (int i = 0; i < 60; i++) {
			text.append("x").append(i).append(": *base\n");
		}
		text.append("s3cret: a: b\n");
		YamlDocument document = new YamlDocument(new FlyteFileText(Path.of("/etc/flyte/config.yaml"), text.toString()));
		assertThatExceptionOfType(InvalidFlyteFileException.class).isThrownBy(document::root)
			.withMessageStartingWith("/etc/flyte/config.yaml: The file is no valid YAML document: ")
			.withMessageContaining("aliases")
			.withMessageNotContaining("s3cret")
			.withNoCause();
	}

}
