package io.flyteconnect.internal.grant.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import io.flyteconnect.internal.file.TimedFileAccess;

/**
 * Hides the arguments and the output of a command in what it writes to standard error:
 * programs repeat what they do not understand, and an argument may hold a secret. Short
 * words and paths stay, which help to see what was the matter.
 */
class ArgumentMask {

	private static final String MASK = "******";

	private static final int SHORTEST_SECRET = 7;

	private final Function<String, Path> paths;

	private final List<String> hidden;

	/**
	 * Create a mask.
	 * @param command the program and its arguments
	 * @param printed what it printed, which may be the token
	 */
	ArgumentMask(List<String> command, String printed) {
		this(command, printed, Path::of);
	}

	ArgumentMask(List<String> command, String printed, Function<String, Path> paths) {
		this.paths = paths;
		Set<String> hidden = new LinkedHashSet<>();
		for (String word : printed.split("\\s+")) {
			add(hidden, word);
		}
		command.subList(1, command.size()).forEach((argument) -> {
			add(hidden, argument);
			// The words of a script or of a header, and the value of an option.
			for (String word : argument.split("[\\s'\"]+")) {
				add(hidden, word.substring(word.startsWith("-") ? word.indexOf('=') + 1 : 0));
			}
		});
		this.hidden = hidden.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
	}

	private void add(Set<String> hidden, String text) {
		boolean option = text.matches("--[a-z][a-z-]*");
		if (text.length() >= SHORTEST_SECRET && !option && !isPath(text)) {
			hidden.add(text);
		}
	}

	private boolean isPath(String text) {
		try {
			Path folder = this.paths.apply(text).getParent();
			return folder != null && folder.getNameCount() > 0
					&& TimedFileAccess.call(folder, "look for", () -> Files.isDirectory(folder));
		}
		catch (InvalidPathException | IOException ex) {
			return false;
		}
	}

	/**
	 * Return the length of the longest text that is hidden.
	 */
	int longest() {
		return this.hidden.stream().mapToInt(String::length).max().orElse(0);
	}

	/**
	 * Hide the arguments and the output.
	 * @param text what the command wrote
	 * @param cut whether its beginning is missing, and perhaps that of a secret
	 * @return the text without them
	 */
	String hide(String text, boolean cut) {
		String masked = cut ? text.substring(endOfRest(text)) : text;
		for (String secret : this.hidden) {
			masked = masked.replace(secret, MASK);
		}
		return masked;
	}

	/** Where the rest of a secret ends that a text begins with. */
	private int endOfRest(String text) {
		int end = 0;
		for (String secret : this.hidden) {
			for (int length = Math.min(secret.length() - 1, text.length()); length > end; length--) {
				if (text.startsWith(secret.substring(secret.length() - length))) {
					end = length;
				}
			}
		}
		return end;
	}

}
