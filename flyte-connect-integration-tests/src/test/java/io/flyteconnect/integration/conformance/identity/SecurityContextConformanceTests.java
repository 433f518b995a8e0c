package io.flyteconnect.integration.conformance.identity;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import io.flyteconnect.integration.conformance.ConformanceCase;
import io.flyteconnect.integration.conformance.ConformanceCases;
import io.flyteconnect.integration.conformance.ConformanceReport;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Replays what flytekit recorded of security contexts: byte for byte, field for field.
 */
public class SecurityContextConformanceTests {

	public static final String KIND = "security-context";

	@TempDir
	private static Path temporary;

	@TestFactory
	public Stream<DynamicTest> securityContextAsFlytekit() {
		return ConformanceCases.all(KIND)
			.map((source) -> DynamicTest.dynamicTest(ConformanceCases.name(source), () -> replay(source)));
	}

	@Test
	public void everyCaseOfTheKindIsThere() {
		assertThat(ConformanceCases.own(KIND)).map(ConformanceCases::name)
			.containsExactly("security-empty", "security-full-idl-secret", "security-oauth2-client-secret-forms",
					"security-run-as");
	}

	@Test
	public void whenWhatIsComparedIsWrongThenItIsSeen() {
		Map<String, Object> entry = Map.of("run_as", Map.of("iam_role", "r"));
		Map<String, Object> ok = Map.of("idl", entry, "round_trip_equal", true, "wire_hex", "0a030a0172");
		assertThat(SecurityContextView.of(entry)).isEqualTo(derived(entry, Map.of("ok", ok)));
		assertThat(SecurityContextView.of(entry)).isNotEqualTo(
				derived(entry, Map.of("ok", Map.of("idl", entry, "round_trip_equal", true, "wire_hex", "0a030a0173"))));
	}

	private static Map<String, @Nullable Object> derived(Map<String, Object> entry, Map<String, Object> flytekit) {
		return SecurityContextRules.derive(entry, flytekit).answer();
	}

	private void replay(Path source) throws IOException {
		ConformanceCase conformanceCase = ConformanceCase.copy(source, temporary.resolve(source.getFileName()));
		List<Map<String, Object>> entries = entries(conformanceCase.description());
		List<Map<String, Object>> results = SecurityContextView.list(conformanceCase.expected().get("results"));
		assertThat(entries).hasSameSizeAs(results).isNotEmpty();
		Set<String> rules = new TreeSet<>();
		List<Map<String, @Nullable Object>> answers = new ArrayList<>();
		for (int i = 0; i < entries.size(); i++) {
			SecurityContextRules.Derived derived = SecurityContextRules.derive(entries.get(i), results.get(i));
			rules.addAll(derived.rules());
			answers.add(derived.answer());
			compare(conformanceCase.name() + ": " + entries.get(i) + "\nflytekit: " + results.get(i) + "\nrules: "
					+ derived.rules(), derived, SecurityContextView.of(entries.get(i)));
		}
		checkRecorded(conformanceCase, source, rules, answers);
		ConformanceReport.passed(source, rules);
	}

	private static void compare(String description, SecurityContextRules.Derived derived,
			Map<String, @Nullable Object> actual) {
		if (derived.refused().isEmpty()) {
			assertThat(new TreeMap<>(actual)).as(description).isEqualTo(derived.answer());
		}
		else {
			assertThat(actual).as(description).containsOnlyKeys("error");
			assertThat(derived.refused()).as(description).contains(String.valueOf(actual.get("error")));
		}
	}

	/** Our own cases record what differs on purpose. */
	private static void checkRecorded(ConformanceCase conformanceCase, Path source, Set<String> rules,
			List<Map<String, @Nullable Object>> answers) throws IOException {
		Map<String, Object> recorded = conformanceCase.deliberate();
		if (recorded != null) {
			assertThat(rules).as("rules").contains((String) Objects.requireNonNull(recorded.get("rule")));
			assertThat(answers).as("derived by the rules").isEqualTo(recorded.get("results"));
		}
		else if (ConformanceCases.isOwn(source)) {
			assertThat(rules).as("deliberate differences need a flyte-connect.json").isEmpty();
		}
	}

	private static List<Map<String, Object>> entries(Map<String, Object> description) {
		List<Map<String, Object>> entries = new ArrayList<>(SecurityContextView.list(description.get("contexts")));
		SecurityContextView.list(description.get("auth_roles"))
			.forEach((role) -> entries.add(Map.of("auth_role", role)));
		return entries;
	}

}
