package io.flyteconnect.integration.conformance.platform;

import java.io.StringReader;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * What PyYAML refuses in the nodes of a YAML file while SnakeYAML makes something of it.
 */
final class RawYamlNodes {

	/** What PyYAML's {@code construct_yaml_timestamp} reads. */
	private static final Pattern DATE = Pattern
		.compile("(\\d{4})-(\\d\\d?)-(\\d\\d?)(?:(?:[Tt]|[ \\t]+)(\\d\\d?):(\\d\\d):(\\d\\d).*)?");

	private static final Pattern NO_DIGITS = Pattern.compile("[-+]?0[xb]_+");

	private static final Set<String> SIGNS = Set.of("=", "<<");

	private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());

	private boolean malformed;

	private boolean stumbled;

	private RawYamlNodes() {
	}

	static RawYamlNodes of(String text) {
		RawYamlNodes nodes = new RawYamlNodes();
		nodes.look(new Yaml(new LoaderOptions()).compose(new StringReader(text)));
		return nodes;
	}

	/** Whether a key is a list or a map. */
	boolean isMalformed() {
		return this.malformed;
	}

	/**
	 * Whether a word is a date that is none, a number without digits, or a sign that YAML
	 * 1.1 keeps for itself.
	 */
	boolean isStumble() {
		return this.stumbled;
	}

	private void look(@Nullable Node node) {
		if (node == null || !this.seen.add(node)) {
			return;
		}
		if (node instanceof ScalarNode scalar) {
			this.stumbled |= scalar.isPlain() && SIGNS.contains(scalar.getValue()) || isNoDate(scalar)
					|| scalar.isPlain() && NO_DIGITS.matcher(scalar.getValue()).matches();
		}
		else if (node instanceof SequenceNode list) {
			list.getValue().forEach(this::look);
		}
		else if (node instanceof MappingNode map) {
			map.getValue().forEach(this::look);
		}
	}

	private void look(NodeTuple tuple) {
		if (tuple.getKeyNode() instanceof ScalarNode key) {
			this.stumbled |= isNoDate(key);
		}
		else {
			this.malformed = true;
		}
		look(tuple.getValueNode());
	}

	private static boolean isNoDate(ScalarNode scalar) {
		Matcher date = DATE.matcher(scalar.getValue());
		if (!Tag.TIMESTAMP.equals(scalar.getTag()) || !date.matches()) {
			return false;
		}
		try {
			LocalDate.of(number(date, 1), number(date, 2), number(date, 3));
			if (date.group(4) != null) {
				LocalTime.of(number(date, 4), number(date, 5), number(date, 6));
			}
			return number(date, 1) == 0;
		}
		catch (DateTimeException ex) {
			return true;
		}
	}

	private static int number(Matcher date, int group) {
		return Integer.parseInt(date.group(group));
	}

}
