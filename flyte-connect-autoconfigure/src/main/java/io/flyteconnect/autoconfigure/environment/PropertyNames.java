package io.flyteconnect.autoconfigure.environment;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

import io.flyteconnect.internal.text.NearName;

/**
 * The known properties, read from the configuration metadata of the jar. Finds the known
 * property that is most similar to an unknown one.
 */
final class PropertyNames {

	private static final String METADATA = "META-INF/spring-configuration-metadata.json";

	// As the annotation processor writes them.
	private static final String PROPERTIES = "\"properties\": [";

	private static final String HINTS = "\"hints\": [";

	private static final String NAME = "\"name\": \"";

	private static final String TYPE = "\"type\": \"";

	private static final String PREFIX = "flyte.";

	private static final ConfigurationPropertyName INHERIT = ConfigurationPropertyName.of("flyte.inherit");

	private static final Set<String> SECTIONS = Set.of("api-key", "config-file", "platform", "credentials", "channel",
			"runs", "execution");

	private final Set<String> names = new LinkedHashSet<>();

	private final Set<ConfigurationPropertyName> known = new HashSet<>();

	private final Set<ConfigurationPropertyName> lists = new HashSet<>();

	private PropertyNames(String properties) {
		int at = properties.indexOf(NAME);
		while (at >= 0) {
			int next = properties.indexOf(NAME, at + 1);
			String property = properties.substring(at, (next >= 0) ? next : properties.length());
			String name = field(property, NAME);
			if (name.startsWith(PREFIX)) {
				boolean list = field(property, TYPE).startsWith("java.util.List");
				this.names.add(name);
				(list ? this.lists : this.known).add(ConfigurationPropertyName.of(name));
			}
			at = next;
		}
		this.known.addAll(this.lists);
	}

	private static String field(String property, String name) {
		int start = property.indexOf(name) + name.length();
		return (start < name.length()) ? "" : property.substring(start, property.indexOf('"', start));
	}

	/**
	 * Read the names. Each start does this: a parser of JSON would load many classes, and
	 * a regular expression is slow before it is compiled.
	 * @return the names, or {@code null} if the application was packaged without the
	 * metadata
	 */
	static @Nullable PropertyNames load() {
		String own = PropertyNames.class.getName().replace('.', '/') + ".class";
		URL type = PropertyNames.class.getResource("/" + own);
		if (type == null || !type.toString().endsWith(own)) {
			return null;
		}
		String root = type.toString().substring(0, type.toString().length() - own.length());
		try (InputStream metadata = URI.create(root + METADATA).toURL().openStream()) {
			String json = new String(metadata.readAllBytes(), StandardCharsets.UTF_8);
			int start = json.indexOf(PROPERTIES);
			int end = json.indexOf(HINTS, start);
			return (start >= 0) ? new PropertyNames(json.substring(start, (end >= 0) ? end : json.length())) : null;
		}
		catch (IOException | IllegalArgumentException ex) {
			// The metadata is missing.
			return null;
		}
	}

	/**
	 * Return whether a property has an effect. Ignores case and dashes, but not dots
	 * (Spring Boot's relaxed binding).
	 * @param name the name of a property, or of an element of a list or a field of it
	 * @return whether the property or its list is known
	 */
	boolean contains(ConfigurationPropertyName name) {
		return contains(name, this.known, this.lists);
	}

	/**
	 * Return whether an environment variable has an effect.
	 * @param name the property name that Spring Boot derives from it, with a dot for each
	 * underscore
	 * @return whether it matches a property whose dashes are removed or replaced by
	 * underscores
	 */
	boolean containsVariable(ConfigurationPropertyName name) {
		return contains(name) || contains(name, dotted(this.known), dotted(this.lists));
	}

	/**
	 * Return whether a setting is one that a named connection has.
	 * @param setting the setting, below {@code flyte} as the unnamed connection has it
	 * @param variable whether it is from an environment variable
	 * @return whether it has an effect
	 */
	boolean isOfConnection(ConfigurationPropertyName setting, boolean variable) {
		return setting.equals(INHERIT)
				|| isOfConnection(setting.getElement(1, ConfigurationPropertyName.Form.UNIFORM), variable)
						&& (variable ? containsVariable(setting) : contains(setting));
	}

	// A variable may write api-key as two words.
	private static boolean isOfConnection(String section, boolean variable) {
		return SECTIONS.stream()
			.map(NearName::normalize)
			.anyMatch((known) -> known.equals(section) || variable && known.startsWith(section));
	}

	/**
	 * Find the setting of a named connection that a person may have meant.
	 * @param setting the setting that has no effect, below {@code flyte}
	 * @return the setting, below {@code flyte}, or {@code null}
	 */
	@Nullable String nearestOfConnection(String setting) {
		String nearest = nearest(setting);
		if (nearest != null && isOfConnection(ConfigurationPropertyName.of(nearest), false)) {
			return nearest;
		}
		String inherit = NearName.of(setting.substring(PREFIX.length()), List.of("inherit"));
		return (inherit != null) ? INHERIT.toString() : null;
	}

	private static boolean contains(ConfigurationPropertyName name, Set<ConfigurationPropertyName> known,
			Set<ConfigurationPropertyName> lists) {
		if (known.contains(name)) {
			return true;
		}
		return lists.stream()
			.anyMatch((list) -> list.isAncestorOf(name) && name.isNumericIndex(list.getNumberOfElements()));
	}

	private static Set<ConfigurationPropertyName> dotted(Set<ConfigurationPropertyName> names) {
		return names.stream()
			.map((name) -> ConfigurationPropertyName.of(name.toString().replace('-', '.')))
			.collect(Collectors.toSet());
	}

	/**
	 * Return whether a property is in a section of ours. Other sections below the prefix
	 * may belong to the application.
	 * @param name the name
	 * @return whether it has one part, or its first is that of a known one with several,
	 * or differs from it in a few letters
	 */
	boolean isInOurSection(String name) {
		return name.indexOf('.', PREFIX.length()) < 0 || nearSection(name) != null;
	}

	private Set<String> sections() {
		return this.names.stream()
			.filter((known) -> known.indexOf('.', PREFIX.length()) >= 0)
			.map((known) -> known.substring(PREFIX.length(), known.indexOf('.', PREFIX.length())))
			.collect(Collectors.toSet());
	}

	/**
	 * Find the known property that is most similar to an unknown one.
	 * @param name the name that has no effect
	 * @return the property that has this name in Flyte's file, the builder or another
	 * library, or a known name that differs in a few letters, preferably in the same
	 * section, or the one with the same last part, or {@code null}
	 */
	@Nullable String nearest(String name) {
		String written = name.substring(PREFIX.length());
		String other = OtherNames.of(written);
		if (other != null) {
			return PREFIX + other;
		}
		String parent = parent(name);
		String sister = NearName.of(last(name),
				this.names.stream().filter((known) -> parent(known).equals(parent)).map(PropertyNames::last).toList());
		if (sister != null) {
			return parent + sister;
		}
		String moved = inNearSection(name);
		if (moved != null) {
			return moved;
		}
		String nearest = NearName.of(written,
				this.names.stream().map((known) -> known.substring(PREFIX.length())).toList());
		if (nearest != null) {
			return PREFIX + nearest;
		}
		return isInOurSection(name) ? inOtherSection(last(name)) : null;
	}

	private @Nullable String inNearSection(String name) {
		String section = nearSection(name);
		return (section != null && !name.startsWith(section + "."))
				? nearest(section + name.substring(name.indexOf('.', PREFIX.length()))) : null;
	}

	/**
	 * Find the section that a property may have been meant to be in.
	 * @param name the name that has no effect
	 * @return the section, for example {@code flyte.platform}, or {@code null}
	 */
	@Nullable String nearSection(String name) {
		int end = name.indexOf('.', PREFIX.length());
		String section = (end >= 0) ? NearName.of(name.substring(PREFIX.length(), end), sections()) : null;
		return (section != null) ? PREFIX + section : null;
	}

	// If several candidates have the same depth, none of them is returned.
	private @Nullable String inOtherSection(String last) {
		String written = NearName.normalize(last);
		Map<Long, List<String>> byDepth = this.names.stream()
			.filter((known) -> NearName.normalize(last(known)).equals(written))
			.collect(Collectors.groupingBy((known) -> known.chars().filter((ch) -> ch == '.').count(), TreeMap::new,
					Collectors.toUnmodifiableList()));
		List<String> highest = byDepth.isEmpty() ? List.of() : byDepth.values().iterator().next();
		return (highest.size() == 1) ? highest.get(0) : null;
	}

	private static String parent(String name) {
		return name.substring(0, name.lastIndexOf('.') + 1);
	}

	private static String last(String name) {
		return name.substring(name.lastIndexOf('.') + 1);
	}

}
