package io.flyteconnect.internal.grant.command;

import java.time.Duration;
import java.util.List;

/**
 * A process that prints the names of the variables that a command of it has.
 */
public final class VariablesOfACommand {

	private VariablesOfACommand() {
	}

	public static void main(String[] arguments) {
		System.out.println(new TokenCommand(List.of("sh", "-c", "env | cut -d= -f1 | grep '^[A-Z_]*$' | tr '\\n' '.'"),
				Duration.ofSeconds(30))
			.getToken());
	}

}
