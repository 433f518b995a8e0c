package io.flyteconnect.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The variables of whoever runs the tests, which the build keeps from them.
 */
@Tag("once")
class DevelopersVariablesTests {

	@Test
	void whenThereIsAPropertyThenTheBuildKeepsItsVariablesFromTheTests() throws IOException {
		assertThat(excluded()).as("own.variables in pom.xml")
			.containsAll(ReadmeTests.properties().stream().flatMap(DevelopersVariablesTests::variables).toList());
	}

	@Test
	void whenTestsRunThenTheySeeNoneOfThem() throws IOException {
		assertThat(System.getenv().keySet()).doesNotContainAnyElementsOf(excluded());
	}

	/**
	 * Return what sets a property: with a hyphen as an underscore, as flytekit writes it,
	 * and without, as Spring Boot does.
	 */
	private static Stream<String> variables(String property) {
		String name = property.toUpperCase(Locale.ROOT).replace('.', '_');
		return Stream.of(name.replace('-', '_'), name.replace("-", ""));
	}

	private static List<String> excluded() throws IOException {
		String build = Files.readString(Path.of("..", "pom.xml"));
		String names = build.substring(build.indexOf("<own.variables>") + 15, build.indexOf("</own.variables>"));
		return List.of(names.strip().split("\\s*,\\s*"));
	}

}
