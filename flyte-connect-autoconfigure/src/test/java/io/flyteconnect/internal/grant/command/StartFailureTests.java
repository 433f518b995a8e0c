package io.flyteconnect.internal.grant.command;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Java says of a program that could not be started, in its words of several
 * versions.
 */
class StartFailureTests {

	@ParameterizedTest
	@ValueSource(strings = { "Cannot run program \"token\": error=11, Resource temporarily unavailable",
			"Cannot run program \"token\": error=12, Cannot allocate memory",
			"Cannot run program \"token\": error=24, Too many open files",
			"Cannot run program \"error=2\": error=26, Text file busy",
			"Cannot run program \"token\": Exec failed, error: 11 (Resource temporarily unavailable)" })
	void whenTheMachineIsShortOfSomethingThenAnotherTryMayHelp(String message) {
		CommandFailedException failure = StartFailure.of("the command 'token'", message);
		assertThat(failure.isPermanent()).isFalse();
		assertThat(failure).hasMessageContaining("could not be started (")
			.hasMessageEndingWith("the machine is short of processes, memory or open files");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Cannot run program \"token\": error=2, No such file or directory",
			"Cannot run program \"token\": error=13, Permission denied",
			"Cannot run program \"error=11\": error=20, Not a directory",
			"Cannot run program \"token\": error=8, Exec format error",
			"Cannot run program \"token\": CreateProcess error=2, The system cannot find the file specified",
			"Cannot run program \"token\": Exec failed, error: 2 (No such file or directory)",
			"Permission denied by a policy" })
	void whenTheProgramIsTheMatterThenItFailsForGood(String message) {
		CommandFailedException failure = StartFailure.of("the command 'token'", message);
		assertThat(failure.isPermanent()).isTrue();
		assertThat(failure).hasMessageEndingWith("is it installed, on the PATH and executable?");
	}

}
