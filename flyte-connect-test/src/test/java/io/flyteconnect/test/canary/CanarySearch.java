package io.flyteconnect.test.canary;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks for canaries in texts that everybody may read.
 */
final class CanarySearch {

	private static final int CONTEXT = 120;

	private final Map<Canary, Set<String>> forms = new LinkedHashMap<>();

	CanarySearch(List<Canary> canaries) {
		canaries.forEach((canary) -> this.forms.put(canary, canary.forms()));
	}

	/**
	 * Search in texts.
	 * @param texts the texts, by the places where they can be read
	 * @return each place with the canary that is there, and the text around it
	 */
	Set<String> in(Map<String, String> texts) {
		Set<String> findings = new LinkedHashSet<>();
		texts.forEach((place, text) -> this.forms
			.forEach((canary, forms) -> forms.forEach((form) -> add(findings, place, text, canary, form))));
		return findings;
	}

	private static void add(Set<String> findings, String place, String text, Canary canary, String form) {
		int found = text.indexOf(form);
		if (found >= 0) {
			findings.add(canary + " in " + place + ": ..." + text.substring(Math.max(0, found - CONTEXT), found) + "<"
					+ canary + ">");
		}
	}

}
