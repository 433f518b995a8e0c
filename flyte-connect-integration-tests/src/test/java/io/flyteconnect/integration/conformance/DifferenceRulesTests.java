package io.flyteconnect.integration.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class DifferenceRulesTests {

	private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z-]+)` \\| (.+) \\| (.+) \\| .*\\|$");

	@TempDir
	private Path temporary;

	@Test
	void whenTheRunnerKnowsARuleThenTheTableOfDifferencesHasIt() throws IOException {
		List<String> rows = ROW.matcher(Files.readString(Path.of("..", "docs", "differences.md")))
			.results()
			.map((row) -> row.group(1))
			.toList();
		assertThat(rows).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(DifferenceRules.all());
	}

	@Test
	void whenACaseNamesARuleThenTheTableOfDifferencesHasIt() {
		Set<String> named = new TreeSet<>();
		ConformanceCases.all().forEach((source) -> {
			ConformanceCase copy = ConformanceCase.copy(source, this.temporary.resolve(source.getFileName()));
			if (copy.deliberate() != null) {
				named.addAll(rules(copy.deliberate().getOrDefault("rule", copy.deliberate().get("rules"))));
			}
		});
		assertThat(DifferenceRules.all()).containsAll(named);
	}

	@Test
	void whenACaseIsFreshThenItsRulesAreWrittenDown() throws IOException {
		for (Path source : ConformanceCases.fresh().toList()) {
			assertThat(DifferenceRules.all()).containsAll(ConformanceCases.knownRules(source));
		}
		assertThat(ConformanceCases.fresh()).hasSize(88);
	}

	@Test
	void whenARuleIsNotInTheTableThenItExplainsNothing() {
		assertThatIllegalStateException().isThrownBy(() -> DifferenceRules.known(Set.of("strict-mode", "whatever")))
			.withMessageContaining("[whatever]");
	}

	@Test
	void whenReadmeIsReadThenItLeadsToTheTable() throws IOException {
		assertThat(Files.readString(Path.of("..", "README.md"))).contains("table of differences](docs/differences.md)");
	}

	private static List<String> rules(Object rules) {
		return (rules instanceof List<?> list) ? list.stream().map(String::valueOf).toList()
				: Stream.of(rules).map(String::valueOf).toList();
	}

}
