package io.flyteconnect.integration.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tells of each case of another folder whether it is equal or differs by a rule, in
 * {@code target/conformance-rules.txt}.
 */
public final class ConformanceReport {

	private static final Path FILE = Path.of("target", "conformance-rules.txt");

	private ConformanceReport() {
	}

	public static void passed(Path source, Collection<String> rules) {
		try {
			List<String> known = ConformanceCases.knownRules(source);
			if (known != null) {
				assertThat(new TreeSet<>(rules)).as("rules of " + source).containsExactlyElementsOf(known);
			}
			else if (!ConformanceCases.isOwn(source)) {
				String line = ConformanceCases.name(source) + ": "
						+ (rules.isEmpty() ? "equal" : "by " + String.join(", ", new TreeSet<>(rules))) + "\n";
				Files.writeString(FILE, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
