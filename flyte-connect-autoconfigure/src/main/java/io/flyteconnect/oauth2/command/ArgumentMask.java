package io.flyteconnect.oauth2.command;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Hides the arguments of a command in what it writes to standard error: programs repeat
 * what they do not understand, and an argument may hold a secret. Short words and paths
 * stay, which help to see what was the matter.
 */
class ArgumentMask {

	private static final String MASK = "******";

	private static final int SHORTEST_SECRET = 8;

	private final List<String> hidden;

	/**
	 * Create a mask.
	 * @param command the program and its arguments
	 */
	ArgumentMask(List<String> command) {
		Set<String> hidden = new LinkedHashSet<>();
		command.subList(1, command.size()).forEach((argument) -> {
			add(hidden, argument);
			// The words of a script or of a header, and the value of an option.
			for (String word : argument.split("[\\s'\"]+")) {
				add(hidden, word.substring(word.startsWith("-") ? word.indexOf('=') + 1 : 0));
			}
		});
		this.hidden = hidden.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
	}

	private static void add(Set<String> hidden, String text) {
		boolean option = text.matches("--?[a-z][a-z-]*");
		if (text.length() >= SHORTEST_SECRET && !option && !isPath(text)) {
			hidden.add(text);
		}
	}

	private static boolean isPath(String text) {
		try {
			Path folder = Path.of(text).getParent();
			return folder != null && folder.getNameCount() > 0 && Files.isDirectory(folder);
		}
		catch (InvalidPathException ex) {
			return false;
		}
	}

	/**
	 * Hide the arguments.
	 * @param text what the command wrote
	 * @return the text without them
	 */
	String hide(String text) {
		String masked = text;
		for (String secret : this.hidden) {
			masked = masked.replace(secret, MASK);
		}
		return masked;
	}

}
