package io.flyteconnect.fuzz;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.flyteconnect.internal.config.text.CommandParser;
import io.flyteconnect.internal.config.text.Masked;

/**
 * Commands that print a token.
 */
public final class CommandFuzz {

	private CommandFuzz() {
	}

	public static void fuzzerTestOneInput(byte[] data) {
		String text = Input.of(data).text();
		Attempt attempt = Attempt.on(text);
		attempt.read(() -> CommandParser.parse(text + " '" + Attempt.SECRET), IllegalArgumentException.class);
		List<String> words = attempt.read(() -> CommandParser.parse(text), IllegalArgumentException.class);
		if (words == null) {
			return;
		}
		Attempt.require(words.stream().mapToInt(String::length).sum() <= text.length(), "The words are longer");
		String quoted = Stream.concat(words.stream(), Stream.of(Attempt.SECRET))
			.map((word) -> "'" + word.replace("'", "'\\''") + "'")
			.collect(Collectors.joining(" "));
		List<String> again = CommandParser.parse("x " + quoted);
		Attempt.require(again.subList(1, again.size() - 1).equals(words), words + " becomes " + again);
		if (!words.isEmpty() && !words.get(0).isBlank()) {
			attempt.hides(Masked.command(List.of(words.get(0), Attempt.SECRET)));
			attempt.hides(Masked.command(List.of(words.get(0) + " " + Attempt.SECRET)));
		}
	}

}
