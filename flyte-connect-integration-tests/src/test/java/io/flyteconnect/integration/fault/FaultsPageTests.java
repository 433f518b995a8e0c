package io.flyteconnect.integration.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code docs/faults.md} and the tests with the tag {@code fault} belong together.
 */
@Tag("once")
class FaultsPageTests {

	private static final Pattern TEST = Pattern.compile("`(\\w+Tests)`");

	private static final Path PROJECT = Path.of("..");

	@Test
	void whenThePageNamesATestThenThereIsOneWithTheTagAndNoneIsLeftOut() throws IOException {
		Map<String, Boolean> tests = tests();
		List<String> named = rows().flatMap((row) -> TEST.matcher(row).results())
			.map((MatchResult test) -> test.group(1))
			.distinct()
			.toList();
		assertThat(tests.keySet()).as("test classes").containsAll(named);
		assertThat(new TreeSet<>(named)).as("named and tagged")
			.isEqualTo(tests.keySet().stream().filter(tests::get).collect(Collectors.toCollection(TreeSet::new)));
	}

	@Test
	void whenARowNamesAFaultThenItSaysWhatIsSeenHowLongItTakesAndWhichTestShowsIt() throws IOException {
		assertThat(rows()).hasSizeGreaterThan(30).allSatisfy((row) -> {
			List<String> cells = Stream.of(row.split("\\|")).map(String::strip).skip(1).toList();
			assertThat(cells).as(row).hasSize(5).noneMatch(String::isEmpty);
			assertThat(TEST.matcher(cells.get(4)).find()).as(row).isTrue();
		});
	}

	private static Stream<String> rows() throws IOException {
		return Files.readAllLines(PROJECT.resolve("docs/faults.md"))
			.stream()
			.filter((line) -> line.startsWith("| ") && !line.startsWith("| ---") && !line.startsWith("| fault |"));
	}

	// Each test class, and whether it has the tag.
	private static Map<String, Boolean> tests() throws IOException {
		Map<String, Boolean> tests = new TreeMap<>();
		for (String module : List.of("flyte-connect-autoconfigure", "flyte-connect-integration-tests")) {
			try (Stream<Path> files = Files.walk(PROJECT.resolve(module).resolve("src/test/java"))) {
				files.filter((file) -> file.toString().endsWith("Tests.java"))
					.forEach((file) -> tests.put(file.getFileName().toString().replace(".java", ""), isTagged(file)));
			}
		}
		return tests;
	}

	private static boolean isTagged(Path file) {
		try {
			return Files.readAllLines(file).contains("@Tag(\"fault\")");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
