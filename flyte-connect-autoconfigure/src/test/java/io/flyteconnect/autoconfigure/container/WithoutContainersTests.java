package io.flyteconnect.autoconfigure.container;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetailsFactories;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for an application that has neither Testcontainers nor Docker Compose, as those
 * of this module.
 */
class WithoutContainersTests {

	@ParameterizedTest
	@ValueSource(strings = { "org.testcontainers.containers.GenericContainer",
			"org.springframework.boot.docker.compose.core.RunningService" })
	void whenTheTestsOfThisModuleRunThenTheLibraryIsAbsent(String type) {
		assertThat(ClassUtils.isPresent(type, null)).isFalse();
	}

	@Test
	void whenTheLibrariesAreAbsentThenLookingForConnectionsFindsNoneAndFailsNot() {
		assertThat(new ConnectionDetailsFactories(null).getConnectionDetails("a source", false)).isEmpty();
	}

}
