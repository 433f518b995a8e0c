package io.flyteconnect.integration.conformance;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.flyteconnect.integration.conformance.wire.WireRule;

/**
 * The names of the rules by which Flyte Connect differs from flytekit on purpose: those
 * of the table of differences, and no others.
 */
public final class DifferenceRules {

	private static final Set<String> SETTINGS = Set.of("strict-boolean", "strict-file", "strict-file-named",
			"strict-type", "strict-mode", "mode-none", "strict-secret", "variable-first", "direct-secret",
			"trimmed-secret", "list-items", "endpoint-form", "url-form", "as-written", "blank-is-unset",
			"relaxed-variables");

	private static final Set<String> SECRETS_AND_IDENTITY = Set.of("safe-secret-path", "underscore-names",
			"webhook-names", "outside-of-tasks", "whole-bytes", "named-secret", "whole-env-var", "lossless",
			"idl-secret", "least-privilege", "empty-context", "python-names");

	private DifferenceRules() {
	}

	/** Every name. */
	public static Set<String> all() {
		Set<String> all = new TreeSet<>(SETTINGS);
		all.addAll(SECRETS_AND_IDENTITY);
		Stream.of(WireRule.values()).filter((rule) -> rule != WireRule.SETTINGS).forEach((rule) -> all.add(rule.id()));
		return all;
	}

	/**
	 * Check that rules are in the table.
	 * @param rules names of rules
	 * @return the same names
	 * @throws IllegalStateException if one is of the runner's own making
	 */
	public static Set<String> known(Set<String> rules) {
		List<String> unknown = rules.stream().filter((rule) -> !all().contains(rule)).toList();
		if (!unknown.isEmpty()) {
			throw new IllegalStateException("The table of differences does not have " + unknown);
		}
		return new LinkedHashSet<>(rules);
	}

}
