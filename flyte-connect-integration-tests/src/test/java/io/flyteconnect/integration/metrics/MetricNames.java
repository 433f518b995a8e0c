package io.flyteconnect.integration.metrics;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The metrics and the labels that are used with each: in a PromQL expression, or on a
 * page of samples in Prometheus' text format.
 */
final class MetricNames {

	private static final Pattern STRING = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'");

	private static final Pattern RANGE = Pattern.compile("\\[[^\\]]*\\]");

	private static final Pattern GROUPING = Pattern
		.compile("\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\(([^)]*)\\)");

	private static final Pattern SELECTOR = Pattern
		.compile("(?<![\\w.$])([a-zA-Z_:][\\w:]*)\\s*(\\{[^}]*\\})?(?!\\s*\\()(?![\\w:])");

	private static final Pattern LABEL = Pattern.compile("([a-zA-Z_]\\w*)\\s*(?:=~|!~|!=|=)");

	private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((.+),\\s*(\\w+)\\)");

	private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset", "inf", "nan", "sum", "min",
			"max", "by", "on");

	private final Map<String, Set<String>> labels = new HashMap<>();

	/**
	 * Return what an expression uses. The labels that it groups by are those of all its
	 * metrics.
	 */
	static MetricNames ofExpression(String expression) {
		MetricNames names = new MetricNames();
		String plain = RANGE.matcher(STRING.matcher(expression).replaceAll("\"\"")).replaceAll("");
		Set<String> grouped = new TreeSet<>();
		Matcher grouping = GROUPING.matcher(plain);
		while (grouping.find()) {
			for (String label : grouping.group(1).split(",")) {
				grouped.add(label.strip());
			}
		}
		Matcher selector = SELECTOR.matcher(GROUPING.matcher(plain).replaceAll(" "));
		while (selector.find()) {
			if (!WORDS.contains(selector.group(1))) {
				names.add(selector.group(1), selector.group(2));
			}
		}
		names.labels.values().forEach((used) -> used.addAll(grouped));
		return names;
	}

	/**
	 * Return what the choices of a dashboard's variable are of.
	 * @param query in the words of Grafana's data source for Prometheus
	 */
	static MetricNames ofVariable(String query) {
		Matcher values = LABEL_VALUES.matcher(query);
		if (!values.matches()) {
			throw new IllegalArgumentException("Not understood: " + query);
		}
		MetricNames names = ofExpression(values.group(1));
		names.labels.values().forEach((used) -> used.add(values.group(2)));
		return names;
	}

	/**
	 * Return what a page shows.
	 */
	static MetricNames ofPage(String page) {
		MetricNames names = new MetricNames();
		page.lines().filter((line) -> !line.startsWith("#") && !line.isBlank()).forEach((line) -> {
			Matcher sample = SELECTOR.matcher(STRING.matcher(line).replaceAll("\"\""));
			if (sample.lookingAt()) {
				names.add(sample.group(1), sample.group(2));
			}
		});
		return names;
	}

	private void add(String name, String selector) {
		Set<String> used = this.labels.computeIfAbsent(name, (key) -> new TreeSet<>());
		Matcher label = LABEL.matcher((selector != null) ? selector : "");
		while (label.find()) {
			used.add(label.group(1));
		}
	}

	Map<String, Set<String>> labels() {
		return this.labels;
	}

}
