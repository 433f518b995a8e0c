package io.flyteconnect.integration.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The recorded cases: those of the test resources, which were there when the product was
 * built and fresh ones, or those of the folder that the system property
 * {@code flyte.conformance.cases} names.
 */
public final class ConformanceCases {

	private static final String PROPERTY = "flyte.conformance.cases";

	private static final Path OWN = Path.of("src/test/resources/conformance/cases");

	private static final Path FRESH = Path.of("src/test/resources/conformance/fresh");

	private ConformanceCases() {
	}

	public static Stream<Path> all() {
		String folder = System.getProperty(PROPERTY, "");
		return folder.isEmpty() ? Stream.concat(in(OWN), in(FRESH))
				: in(Path.of(System.getProperty("flyte.conformance.directory", "")).resolve(folder));
	}

	public static Stream<Path> all(String kind) {
		return all().filter((source) -> ConformanceCase.kind(source).equals(kind));
	}

	public static Stream<Path> own(String kind) {
		return in(OWN).filter((source) -> ConformanceCase.kind(source).equals(kind));
	}

	public static String name(Path source) {
		return source.getFileName().toString();
	}

	/** Whether our answer is written down beside a case where it differs. */
	public static boolean isOwn(Path source) throws IOException {
		return Files.isSameFile(source.getParent(), OWN);
	}

	/** The rules by which a fresh case differs, {@code null} where that is not known. */
	@SuppressWarnings("unchecked")
	public static @Nullable List<String> knownRules(Path source) throws IOException {
		if (!Files.isSameFile(source.getParent(), FRESH)) {
			return null;
		}
		Map<String, List<String>> rules = ConformanceCase.JSON.readValue(FRESH.resolve("rules.json").toFile(),
				Map.class);
		return Objects.requireNonNull(rules.get(name(source)), () -> "rules.json lacks " + name(source));
	}

	public static Stream<Path> fresh() {
		return in(FRESH);
	}

	private static Stream<Path> in(Path folder) {
		try (Stream<Path> children = Files.list(folder)) {
			return new ArrayList<>(
					children.filter((child) -> Files.exists(child.resolve("case.json"))).sorted().toList())
				.stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
