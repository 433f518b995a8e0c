package io.flyteconnect.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the inputs of a kind are made of.
 *
 * @param seeds inputs that a person wrote
 * @param tokens the words of its grammar
 */
record Corpus(List<byte[]> seeds, List<byte[]> tokens) {

	private static final Path FOLDER = Path.of("src/test/fuzz");

	static Corpus of(String kind) {
		try (Stream<Path> files = Files.list(FOLDER.resolve("seeds").resolve(kind))) {
			List<byte[]> seeds = new ArrayList<>();
			for (Path file : files.sorted().toList()) {
				seeds.add(Files.readAllBytes(file));
			}
			return new Corpus(seeds, tokens(FOLDER.resolve("dictionaries").resolve(kind + ".dict")));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	// The form of libFuzzer: a word in quotes on each line, with \xAB for a byte.
	private static List<byte[]> tokens(Path file) throws IOException {
		List<byte[]> tokens = new ArrayList<>();
		for (String line : Files.readAllLines(file)) {
			if (line.startsWith("\"")) {
				tokens.add(unescaped(line.substring(1, line.length() - 1)));
			}
		}
		return tokens;
	}

	private static byte[] unescaped(String text) {
		StringBuilder result = new StringBuilder();
		for (int i = 0; i < text.length(); i++) {
			if (text.charAt(i) != '\\') {
				result.append(text.charAt(i));
			}
			else if (text.charAt(++i) == 'x') {
				result.append((char) Integer.parseInt(text.substring(i + 1, i + 3), 16));
				i += 2;
			}
			else {
				result.append(text.charAt(i));
			}
		}
		return result.toString().getBytes(StandardCharsets.ISO_8859_1);
	}

}
