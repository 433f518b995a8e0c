package io.flyteconnect.integration.canary.search;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks for canaries in texts that everybody may read, and in all forms at once: a log
 * down to TRACE has millions of characters, and a test has hundreds of forms.
 */
final class CanarySearch {

	private static final int CONTEXT = 120;

	/** That of {@link String#hashCode()}. */
	private static final int BASE = 31;

	private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(Integer.SIZE);

	/** How many characters the shortest form has. */
	private final int length;

	/** What the first of that many characters counts in a hash code. */
	private final int power;

	/** Of what the forms begin with, by the hash code of that many characters. */
	private final Map<Integer, List<Form>> beginnings = new HashMap<>();

	/** Whether there may be such a hash code, by its lower half. */
	private final boolean[] known = new boolean[1 << 16];

	CanarySearch(List<Canary> canaries) {
		List<Form> forms = canaries.stream()
			.flatMap((canary) -> canary.forms().stream().map((text) -> new Form(canary, text)))
			.toList();
		this.length = forms.stream().mapToInt((form) -> form.text().length()).min().orElse(Integer.MAX_VALUE);
		this.power = BigInteger.valueOf(BASE).modPow(BigInteger.valueOf(this.length - 1), MODULUS).intValue();
		for (Form form : forms) {
			int hash = form.text().substring(0, this.length).hashCode();
			this.beginnings.computeIfAbsent(hash, (key) -> new ArrayList<>()).add(form);
			this.known[hash & 0xffff] = true;
		}
	}

	/**
	 * Search in texts.
	 * @param texts the texts, by the places where they can be read
	 * @return each place with the canary that is there, and the text around it
	 */
	Set<String> in(Map<String, String> texts) {
		Set<String> findings = new LinkedHashSet<>();
		texts.forEach((place, text) -> search(findings, place, text));
		return findings;
	}

	private void search(Set<String> findings, String place, String text) {
		int hash = 0;
		for (int end = 0; end < text.length(); end++) {
			int start = end - this.length + 1;
			hash = BASE * hash + text.charAt(end);
			if (start >= 0) {
				if (this.known[hash & 0xffff]) {
					addForms(findings, place, text, start, this.beginnings.getOrDefault(hash, List.of()));
				}
				hash -= this.power * text.charAt(start);
			}
		}
	}

	private static void addForms(Set<String> findings, String place, String text, int start, List<Form> forms) {
		for (Form form : forms) {
			if (text.startsWith(form.text(), start)) {
				findings.add(form.canary() + " in " + place + ": ..."
						+ text.substring(Math.max(0, start - CONTEXT), start) + "<" + form.canary() + ">");
			}
		}
	}

	/**
	 * One form of a canary.
	 *
	 * @param canary the canary
	 * @param text the form
	 */
	private record Form(Canary canary, String text) {

	}

}
