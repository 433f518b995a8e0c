package io.flyteconnect.internal.configfile.yaml;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

import io.flyteconnect.internal.configfile.Excerpt;
import io.flyteconnect.internal.configfile.FlyteFileText;
import io.flyteconnect.internal.configfile.InvalidFlyteFileException;

/**
 * Rejects nodes that PyYAML would reject when it constructs values: unknown tags, values
 * that do not match their tag, keys that are not scalars, and merges of anything but
 * maps. Constructs no values itself. Checks each node once, so that nested aliases cost
 * nothing, and rejects merges that multiply.
 */
final class YamlCheck {

	/**
	 * The most keys of a map, including those of merged maps; no file that a person
	 * writes has more.
	 */
	private static final int MAX_KEYS = 10_000;

	private static final Set<Tag> COLLECTIONS = Set.of(Tag.MAP, Tag.SEQ, Tag.SET, Tag.OMAP, Tag.PAIRS);

	private static final Set<Tag> TEXTS = Set.of(Tag.STR, Tag.NULL, Tag.BINARY, Tag.MERGE,
			new Tag(Tag.PREFIX + "value"));

	private static final Set<Tag> RESOLVED = Set.of(Tag.BOOL, Tag.INT, Tag.FLOAT, Tag.TIMESTAMP);

	private final FlyteFileText file;

	private final Resolver resolver = new Resolver();

	private final Map<Node, Integer> keys = new IdentityHashMap<>();

	private final Map<Node, Boolean> seen = new IdentityHashMap<>();

	YamlCheck(FlyteFileText file) {
		this.file = file;
	}

	/**
	 * Check a node and everything below it.
	 * @param node the node
	 * @throws InvalidFlyteFileException if it is invalid
	 */
	void check(Node node) {
		if (this.seen.put(node, true) != null) {
			return;
		}
		if (node instanceof ScalarNode scalar) {
			checkScalar(scalar);
			return;
		}
		if (!COLLECTIONS.contains(node.getTag())) {
			throw unknownTag(node);
		}
		if (node instanceof SequenceNode list) {
			list.getValue().forEach(this::check);
		}
		else if (node instanceof MappingNode map) {
			for (NodeTuple tuple : map.getValue()) {
				if (!(tuple.getKeyNode() instanceof ScalarNode)) {
					throw invalid(tuple.getKeyNode(), "A key is no single value", "Write one word as the key.");
				}
				check(tuple.getKeyNode());
				check(tuple.getValueNode());
			}
			keys(map);
		}
	}

	private void checkScalar(ScalarNode scalar) {
		Tag tag = scalar.getTag();
		if (RESOLVED.contains(tag)) {
			Tag resolved = this.resolver.resolve(NodeId.scalar, scalar.getValue(), true);
			if (!resolved.equals(tag) && !(tag.equals(Tag.FLOAT) && resolved.equals(Tag.INT))) {
				throw invalid(scalar, "The value is not what its tag " + name(tag) + " says",
						"Correct the value, or remove the tag.");
			}
		}
		else if (!TEXTS.contains(tag)) {
			throw unknownTag(scalar);
		}
	}

	/** Returns the number of keys of a map, including those of merged maps. */
	private int keys(MappingNode map) {
		Integer known = this.keys.putIfAbsent(map, -1);
		if (known != null) {
			if (known < 0) {
				throw invalid(map, "A map is merged into itself", "Remove the alias from the map.");
			}
			return known;
		}
		int count = 0;
		for (NodeTuple tuple : map.getValue()) {
			count += Tag.MERGE.equals(tuple.getKeyNode().getTag()) ? mergedKeys(tuple.getValueNode()) : 1;
			if (count > MAX_KEYS) {
				throw invalid(map, "A map has more than " + MAX_KEYS + " keys with those that it merges",
						"Merge fewer maps.");
			}
		}
		this.keys.put(map, count);
		return count;
	}

	private int mergedKeys(Node merged) {
		List<Node> maps = (merged instanceof SequenceNode list) ? list.getValue() : List.of(merged);
		int count = 0;
		for (Node node : maps) {
			if (!(node instanceof MappingNode map)) {
				throw invalid(node, "Something that is no map is merged", "Merge maps alone.");
			}
			count = Math.min(MAX_KEYS + 1, count + 1 + keys(map));
		}
		return count;
	}

	private InvalidFlyteFileException unknownTag(Node node) {
		return invalid(node, "There is no tag " + name(node.getTag()), "Remove the tag.");
	}

	private static String name(Tag tag) {
		return Excerpt
			.of(tag.startsWith(Tag.PREFIX) ? "!!" + tag.getValue().substring(Tag.PREFIX.length()) : tag.getValue());
	}

	private InvalidFlyteFileException invalid(Node node, String reason, String action) {
		return this.file.invalid(node.getStartMark().getLine(), node.getStartMark().getColumn(),
				"The file is no valid YAML document: " + reason + ".", action, null);
	}

}
