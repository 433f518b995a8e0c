package io.flyteconnect.integration.conformance.wire.replay;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.flyteconnect.integration.conformance.ConformanceCase;
import io.flyteconnect.integration.conformance.DifferenceRules;
import io.flyteconnect.integration.conformance.model.WireModel;
import io.flyteconnect.integration.conformance.wire.WireAnswer;
import io.flyteconnect.integration.conformance.wire.WirePlaces;
import io.flyteconnect.integration.conformance.wire.WireRule;
import io.flyteconnect.integration.conformance.wire.WireSettings;

/**
 * Our answer to a case, derived from flytekit's by the rules.
 *
 * @param flytekit what the model of flytekit gives: has to be what was recorded
 * @param rules the names of the rules that make the difference, none more than needed
 * @param answer our answer
 */
record WireDerivation(WireAnswer flytekit, Set<String> rules, WireAnswer answer) {

	/**
	 * Derive an answer.
	 * @param source the recorded case
	 * @param area where copies of it may lie
	 * @return the answer
	 */
	static WireDerivation of(Path source, Path area) {
		WireAnswer flytekit = answer(source, area, EnumSet.noneOf(WireRule.class));
		WireAnswer answer = answer(source, area, EnumSet.allOf(WireRule.class));
		Set<WireRule> needed = EnumSet.allOf(WireRule.class);
		for (WireRule rule : WireRule.values()) {
			Set<WireRule> fewer = EnumSet.copyOf(needed);
			fewer.remove(rule);
			if (answer(source, area, fewer).equals(answer)) {
				needed = fewer;
			}
		}
		Set<String> names = new TreeSet<>();
		for (WireRule rule : needed) {
			names.addAll((rule == WireRule.SETTINGS) ? settings(source, area).rules() : List.of(rule.id()));
		}
		return new WireDerivation(flytekit, DifferenceRules.known(names), answer);
	}

	// A copy for each: a command may leave something behind.
	private static WireAnswer answer(Path source, Path area, Set<WireRule> rules) {
		String name = "model" + rules.stream().map((rule) -> "-" + rule.ordinal()).reduce("", String::concat);
		return WireModel.answer(copy(source, area.resolve(name)), rules);
	}

	private static WireSettings settings(Path source, Path area) {
		return WireSettings.byTheRules(copy(source, area.resolve("settings")));
	}

	private static ConformanceCase copy(Path source, Path target) {
		return ConformanceCase.copy(source, target, WirePlaces.NOWHERE.placeholders());
	}

}
