package io.flyteconnect.integration.conformance.secret;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import io.flyteconnect.integration.conformance.ConformanceCase;
import io.flyteconnect.integration.conformance.ConformanceCases;
import io.flyteconnect.integration.conformance.ConformanceReport;
import io.flyteconnect.integration.conformance.DifferenceRules;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Replays what flytekit recorded of its secrets manager and of its model of a secret. The
 * cases are those of the test resources, or those of the folder that the system property
 * {@code flyte.conformance.cases} names.
 */
public class SecretConformanceTests {

	public static final String RESOLVE_KIND = "secret-resolve";

	public static final String MODEL_KIND = "secret-model";

	@TempDir
	public static Path temporary;

	@TestFactory
	public Stream<DynamicTest> secretsAsFlytekit() {
		return ConformanceCases.all(RESOLVE_KIND)
			.map((source) -> DynamicTest.dynamicTest(ConformanceCases.name(source), () -> resolve(source)));
	}

	@TestFactory
	public Stream<DynamicTest> modelsAsFlytekit() {
		return ConformanceCases.all(MODEL_KIND)
			.map((source) -> DynamicTest.dynamicTest(ConformanceCases.name(source), () -> model(source)));
	}

	@Test
	public void everyCaseIsThere() {
		assertThat(ConformanceCases.own(RESOLVE_KIND)).map(ConformanceCases::name)
			.containsExactly("secrets-attribute", "secrets-get-env", "secrets-get-env-rb", "secrets-get-file",
					"secrets-get-file-case", "secrets-get-file-latin1", "secrets-get-file-newline",
					"secrets-get-file-rb", "secrets-get-file-traversal", "secrets-names", "secrets-names-case",
					"secrets-names-ini");
		assertThat(ConformanceCases.own(MODEL_KIND)).map(ConformanceCases::name)
			.containsExactly("secretmodel-all-fields", "secretmodel-basic", "secretmodel-env-var-valid",
					"secretmodel-missing-group-local");
	}

	private void resolve(Path source) throws IOException {
		ConformanceCase conformanceCase = copy(source);
		SecretCalls calls = SecretCalls.of(conformanceCase);
		SecretRules rules = SecretRules.of(conformanceCase);
		compare(source, conformanceCase, "calls", (call) -> calls.answer(SecretAttributes.plain(call)),
				(call, flytekit) -> rules.call(call, flytekit));
	}

	private void model(Path source) throws IOException {
		ConformanceCase conformanceCase = copy(source);
		boolean registered = conformanceCase.description().get("mode") == null;
		compare(source, conformanceCase, "secrets", (entry) -> SecretModelView.of(entry, registered),
				(entry, flytekit) -> SecretModelView.derive(entry, registered, flytekit));
	}

	private void compare(Path source, ConformanceCase conformanceCase, String entries, Answer ours,
			Derivation derivation) throws IOException {
		List<Map<String, Object>> asked = list(conformanceCase.description().get(entries));
		List<Map<String, Object>> recorded = list(conformanceCase.expected().get("results"));
		assertThat(asked).hasSameSizeAs(recorded).isNotEmpty();
		Set<String> rules = new TreeSet<>();
		List<Map<String, Object>> answers = new ArrayList<>();
		for (int i = 0; i < asked.size(); i++) {
			Derived derived = derivation.derive(asked.get(i), recorded.get(i));
			assertThat(derived.isSame(ours.to(asked.get(i))))
				.as(conformanceCase.name() + ": " + conformanceCase.description().get("about") + "\nasked: "
						+ asked.get(i) + "\nflytekit: " + recorded.get(i) + "\nby the rules " + derived.rules() + ": "
						+ derived.answer() + "\nours: " + ours.to(asked.get(i)))
				.isTrue();
			rules.addAll(derived.rules());
			answers.add(derived.rules().isEmpty() ? recorded.get(i) : derived.answer());
		}
		checkRecorded(source, conformanceCase, rules, answers);
		ConformanceReport.passed(source, rules);
	}

	/** Our own cases record what differs on purpose. */
	private static void checkRecorded(Path source, ConformanceCase conformanceCase, Set<String> rules,
			List<Map<String, Object>> answers) throws IOException {
		Map<String, Object> deliberate = conformanceCase.deliberate();
		if (deliberate != null) {
			assertThat(rules).as("rules").containsExactly((String) Objects.requireNonNull(deliberate.get("rule")));
			assertThat(answers).as("derived by the rules").isEqualTo(deliberate.get("results"));
		}
		else if (ConformanceCases.isOwn(source)) {
			assertThat(rules).as("deliberate differences need a flyte-connect.json").isEmpty();
		}
	}

	private static ConformanceCase copy(Path source) {
		return ConformanceCase.copy(source, temporary.resolve(source.getFileName()));
	}

	@SuppressWarnings("unchecked")
	private static List<Map<String, Object>> list(Object entries) {
		return (List<Map<String, Object>>) Objects.requireNonNull(entries);
	}

	/**
	 * What ours is to be.
	 *
	 * @param answer {@code ok} or {@code error}, the latter with the type of our
	 * exception, or {@code *} for any
	 * @param rules the rules by which it differs from flytekit's
	 */
	public record Derived(Map<String, Object> answer, Set<String> rules) {

		public Derived {
			rules = DifferenceRules.known(rules);
		}

		public boolean isSame(Map<String, Object> ours) {
			return ours.equals(this.answer) || ours.containsKey("error") && "*".equals(this.answer.get("error"));
		}

	}

	private interface Answer {

		Map<String, Object> to(Map<String, Object> entry);

	}

	private interface Derivation {

		Derived derive(Map<String, Object> entry, Map<String, Object> flytekit);

	}

}
