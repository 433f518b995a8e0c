package io.flyteconnect.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The variables of whoever runs the tests, which the build keeps from them.
 */
class DevelopersVariablesTests {

	private static final Pattern EXCLUDED = Pattern
		.compile("<excludedEnvironmentVariable>(.+)</excludedEnvironmentVariable>");

	@Test
	void whenThereIsAPropertyThenTheBuildKeepsItsVariablesFromTheTests() throws IOException {
		assertThat(excluded()).as("excludedEnvironmentVariables in pom.xml")
			.containsAll(ReadmeTests.properties().stream().map(DevelopersVariablesTests::variable).toList());
	}

	@Test
	void whenTestsRunThenTheySeeNoneOfThem() throws IOException {
		assertThat(System.getenv().keySet()).doesNotContainAnyElementsOf(excluded());
	}

	private static String variable(String property) {
		return property.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
	}

	private static List<String> excluded() throws IOException {
		return EXCLUDED.matcher(Files.readString(Path.of("..", "pom.xml")))
			.results()
			.map((found) -> found.group(1))
			.toList();
	}

}
