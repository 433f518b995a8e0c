package io.flyteconnect.internal.execution;

import java.security.SecureRandom;
import java.util.regex.Pattern;

import org.springframework.util.Assert;

/**
 * Generates names of executions ({@code flyteadmin/pkg/manager/impl/validation}).
 */
public final class ExecutionNames {

	// The alphabet has no vowels, which would form words, and no characters that look
	// alike.
	private static final String CHARACTERS = "bcdfghjklmnpqrstvwxz2456789";

	private static final int GENERATED_LENGTH = 20;

	private static final int MAX_LENGTH = 63;

	private static final Pattern NAME = Pattern.compile("[a-z][-a-z0-9]*");

	private static final SecureRandom random = new SecureRandom();

	private ExecutionNames() {
	}

	/**
	 * Generate a unique name: 19 random characters from an alphabet of 27.
	 */
	public static String generate() {
		StringBuilder name = new StringBuilder("a");
		while (name.length() < GENERATED_LENGTH) {
			name.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
		}
		return name.toString();
	}

	public static String check(String name) {
		Assert.isTrue(name.length() <= MAX_LENGTH && NAME.matcher(name).matches(),
				() -> "'" + name + "' is no name of an execution: up to " + MAX_LENGTH
						+ " small letters, digits and '-', the first of them a letter");
		return name;
	}

}
