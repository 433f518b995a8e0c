package io.flyteconnect.internal.configfile.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.origin.OriginTrackedValue;
import org.yaml.snakeyaml.nodes.CollectionNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

import io.flyteconnect.internal.configfile.FlyteFile;
import io.flyteconnect.internal.configfile.FlyteFileKey;
import io.flyteconnect.internal.configfile.FlyteFileText;
import io.flyteconnect.internal.configfile.GoDuration;
import io.flyteconnect.internal.configfile.InvalidFlyteFileException;
import io.flyteconnect.internal.configfile.UnknownKeys;

/**
 * Reads Flyte's own {@code config.yaml}. The sections {@code admin} and {@code console}
 * describe a connection, and {@code task} what requests of Flyte 2 are about; the others
 * belong to other tools.
 */
public final class YamlFlyteFileReader {

	private static final String ADMIN = "admin";

	private static final String CONSOLE = "console";

	/** Every key that has an effect, and the sections of the top. */
	private static final Set<String> NAMES = Stream
		.concat(Stream.of(ADMIN, CONSOLE), FlyteFileKey.ALL.stream().map(FlyteFileKey::yaml).filter(Objects::nonNull))
		.collect(Collectors.toCollection(LinkedHashSet::new));

	/**
	 * The most items of a list, each of which becomes a property; no list that a person
	 * writes is longer.
	 */
	private static final int MAX_ITEMS = 1000;

	private final FlyteFileText file;

	private final Map<String, OriginTrackedValue> properties = new LinkedHashMap<>();

	public YamlFlyteFileReader(FlyteFileText file) {
		this.file = file;
	}

	public FlyteFile read() {
		Node root = new YamlDocument(this.file).root();
		if (root == null || isNull(root)) {
			return new FlyteFile(this.file.path(), Map.of(), new UnknownKeys(this.file.path()).warnings(0));
		}
		if (!(root instanceof MappingNode map)) {
			throw invalid(root, "The top level is no map.", "Write the settings below 'admin:'.");
		}
		Map<String, YamlDocument.Entry> sections = YamlDocument.entries(map);
		requireMap(sections, ADMIN);
		for (FlyteFileKey key : FlyteFileKey.ALL) {
			if (key.yaml() != null) {
				Node value = find(sections, key.yaml());
				if (value != null && !isNull(value)) {
					put(key, value);
				}
			}
		}
		return new FlyteFile(this.file.path(), this.properties, warnings(sections));
	}

	private void requireMap(Map<String, YamlDocument.Entry> entries, String name) {
		YamlDocument.Entry entry = entries.get(name);
		if (entry != null && !isNull(entry.value()) && !(entry.value() instanceof MappingNode)) {
			throw invalid(entry.value(), "'" + name + "' is no map.", "Write its settings below it, indented.");
		}
	}

	private @Nullable Node find(Map<String, YamlDocument.Entry> entries, String path) {
		int dot = path.indexOf('.');
		if (dot < 0) {
			YamlDocument.Entry entry = entries.get(path);
			return (entry != null) ? entry.value() : null;
		}
		if (!path.startsWith("console.") && !path.startsWith("task.")) {
			requireMap(entries, path.substring(0, dot));
		}
		YamlDocument.Entry entry = entries.get(path.substring(0, dot));
		return (entry != null && entry.value() instanceof MappingNode map)
				? find(YamlDocument.entries(map), path.substring(dot + 1)) : null;
	}

	private void put(FlyteFileKey key, Node value) {
		if (value instanceof ScalarNode scalar) {
			track(key.property(), scalar, text(key, scalar));
		}
		else if (value instanceof SequenceNode list && key.kind() == FlyteFileKey.Kind.LIST) {
			if (list.getValue().size() > MAX_ITEMS) {
				throw invalid(list.getValue().get(MAX_ITEMS),
						"'" + key.yaml() + "' has more than " + MAX_ITEMS + " items.",
						"Write at most " + MAX_ITEMS + " items.");
			}
			for (int i = 0; i < list.getValue().size(); i++) {
				if (!(list.getValue().get(i) instanceof ScalarNode item)) {
					throw invalid(list.getValue().get(i), "An item of '" + key.yaml() + "' is no text.",
							"Write each item of '" + key.yaml() + "' as one text.");
				}
				track(key.property() + "[" + i + "]", item, isNull(item) ? "" : item.getValue());
			}
		}
		else if (!isEmpty(value) || key.property().equals("platform.url")) {
			String form = (key.kind() == FlyteFileKey.Kind.LIST) ? "a list" : "one value";
			throw invalid(value, "'" + key.yaml() + "' is not " + form + ".",
					"Write '" + key.yaml() + "' as " + form + ".");
		}
	}

	private String text(FlyteFileKey key, ScalarNode scalar) {
		String text = scalar.getValue();
		if (key.kind() != FlyteFileKey.Kind.DURATION || text.isEmpty()) {
			return text;
		}
		try {
			return GoDuration.parse(text.strip()).toString();
		}
		catch (IllegalArgumentException ex) {
			throw invalid(scalar, "'" + key.yaml() + "': " + ex.getMessage() + ".",
					"Write a number and its unit, for example 30s, 500ms or 2m30s.");
		}
	}

	private void track(String property, ScalarNode scalar, String value) {
		this.properties.put(property,
				this.file.track(value, scalar.getStartMark().getLine(), scalar.getStartMark().getColumn()));
	}

	private List<String> warnings(Map<String, YamlDocument.Entry> sections) {
		List<String> warnings = new ArrayList<>(unknownKeys(sections).warnings(this.properties.size()));
		YamlDocument.Entry console = sections.get("console");
		if (console != null && !isNull(console.value()) && !(console.value() instanceof MappingNode)) {
			warnings.add("The Flyte file " + this.file.path() + " has a section 'console' that is no map (line "
					+ (console.line() + 1) + "), which is ignored");
		}
		return warnings;
	}

	private UnknownKeys unknownKeys(Map<String, YamlDocument.Entry> sections) {
		UnknownKeys unknown = new UnknownKeys(this.file.path());
		Set<YamlDocument.Entry> anchors = merged(sections);
		sections.forEach((name, entry) -> {
			if (name.equals(ADMIN) || name.equals(CONSOLE)) {
				if (entry.value() instanceof MappingNode map) {
					collectUnknown(name, map, unknown);
				}
			}
			else if (!UnknownKeys.OTHER_SECTIONS.contains(name) && !anchors.contains(entry)) {
				unknown.add(name, entry.line(), NAMES);
			}
		});
		return unknown;
	}

	/** Sections that only exist to be merged into others. */
	private static Set<YamlDocument.Entry> merged(Map<String, YamlDocument.Entry> sections) {
		return sections.values()
			.stream()
			.filter((entry) -> entry.value().getAnchor() != null)
			.collect(Collectors.toUnmodifiableSet());
	}

	private void collectUnknown(String parent, MappingNode map, UnknownKeys unknown) {
		YamlDocument.entries(map).forEach((name, entry) -> {
			String path = parent + "." + name;
			boolean section = NAMES.stream().anyMatch((known) -> known.startsWith(path + "."));
			if (section && entry.value() instanceof MappingNode nested) {
				collectUnknown(path, nested, unknown);
			}
			else if (!section && !NAMES.contains(path) && !FlyteFileKey.OTHERS_YAML.contains(path)) {
				unknown.add(path, entry.line(), NAMES);
			}
		});
	}

	private InvalidFlyteFileException invalid(Node node, String reason, String action) {
		return this.file.invalid(node.getStartMark().getLine(), node.getStartMark().getColumn(), reason, action, null);
	}

	// Flytekit ignores an empty list or map.
	private static boolean isEmpty(Node node) {
		return node instanceof CollectionNode<?> collection && collection.getValue().isEmpty();
	}

	private static boolean isNull(Node node) {
		return Tag.NULL.equals(node.getTag());
	}

}
