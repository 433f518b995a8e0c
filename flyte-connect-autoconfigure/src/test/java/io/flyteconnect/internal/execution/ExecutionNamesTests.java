package io.flyteconnect.internal.execution;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ExecutionNamesTests {

	@Test
	void whenNamesAreMadeThenTheyAreValidAndDifferent() {
		Set<String> names = IntStream.range(0, 1000)
			.mapToObj((i) -> ExecutionNames.generate())
			.collect(Collectors.toSet());
		assertThat(names).hasSize(1000).allMatch((name) -> name.matches("a[a-z0-9]{19}"));
		assertThat(names).allMatch((name) -> ExecutionNames.check(name).equals(name));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "9a", "-a", "A", "a_b", "a.b", "a\n", "ä" })
	void whenNameIsNoneThenItIsRefused(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> ExecutionNames.check(name))
			.withMessageContaining("'" + name + "' is no name of an execution");
	}

	@Test
	void whenNameIsTooLongThenItIsRefused() {
		assertThat(ExecutionNames.check("a".repeat(63))).hasSize(63);
		assertThatIllegalArgumentException().isThrownBy(() -> ExecutionNames.check("a".repeat(64)));
	}

}
