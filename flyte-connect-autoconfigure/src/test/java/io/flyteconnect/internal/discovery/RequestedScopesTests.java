package io.flyteconnect.internal.discovery;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class RequestedScopesTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "all offline | all,offline", "all  offline all | all,offline", "['all','offline'] | all,offline",
					"'openid' | openid", "[all] | all", "api://x/.default | api://x/.default" })
	void whenSeveralAreInOneTextThenEachIsOne(String scope, String expected) {
		assertThat(RequestedScopes.of(List.of(scope.split(",")))).containsExactly(expected.split(","));
	}

	@Test
	void whenThereAreNoneThenNone() {
		assertThat(RequestedScopes.of(List.of())).isEmpty();
		assertThat(RequestedScopes.of(List.of("", " ", "''"))).isEmpty();
	}

}
