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
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.json.JsonParserFactory;

import io.flyteconnect.internal.text.NearName;

/**
 * The properties that there are, from what the jar says of them for editors, and which of
 * them a person may have meant.
 */
final class PropertyNames {

	private static final String METADATA = "META-INF/spring-configuration-metadata.json";

	private static final String PREFIX = "flyte.";

	private final Set<String> names = new LinkedHashSet<>();

	private final Set<ConfigurationPropertyName> known = new HashSet<>();

	private final Set<ConfigurationPropertyName> lists = new HashSet<>();

	private PropertyNames(Iterable<?> properties) {
		for (Object property : properties) {
			if (property instanceof Map<?, ?> map && String.valueOf(map.get("name")).startsWith(PREFIX)) {
				String name = String.valueOf(map.get("name"));
				boolean list = String.valueOf(map.get("type")).startsWith("java.util.List");
				this.names.add(name);
				(list ? this.lists : this.known).add(ConfigurationPropertyName.of(name));
			}
		}
		this.known.addAll(this.lists);
	}

	/**
	 * Read the names.
	 * @return the names, or {@code null} where the application was packed without them
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
			Object properties = JsonParserFactory.getJsonParser().parseMap(json).get("properties");
			return (properties instanceof List<?> list) ? new PropertyNames(list) : null;
		}
		catch (IOException | IllegalArgumentException ex) {
			// Also where it is no JSON.
			return null;
		}
	}

	/**
	 * Return whether a property has an effect. Case and dashes make no difference, dots
	 * do (Spring Boot's relaxed binding).
	 * @param name the name, also that of an element or a field of one
	 * @return whether it, or the list that it is in, is known
	 */
	boolean contains(ConfigurationPropertyName name) {
		return contains(name, this.known, this.lists);
	}

	/**
	 * Return whether an environment variable has an effect.
	 * @param name the name that Spring Boot makes of it, with a dot for each underscore
	 * @return whether it is that of a property without its dashes, or with an underscore
	 * for each
	 */
	boolean containsVariable(ConfigurationPropertyName name) {
		return contains(name) || contains(name, dotted(this.known), dotted(this.lists));
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
	 * Return whether a property stands where nothing but ours does.
	 * @param name the name
	 * @return whether it has one part, or its first is that of a known one with several
	 */
	boolean isInOurSection(String name) {
		int end = name.indexOf('.', PREFIX.length());
		return end < 0 || this.names.stream().anyMatch((known) -> known.startsWith(name.substring(0, end + 1)));
	}

	/**
	 * Find the property that a person may have meant.
	 * @param name the name that has no effect
	 * @return the property that Flyte's file or the builder calls so, or a known name
	 * that differs in a few letters or has the same last part, or {@code null}
	 */
	@Nullable String nearest(String name) {
		String written = name.substring(PREFIX.length());
		String other = OtherNames.of(written);
		if (other != null) {
			return PREFIX + other;
		}
		String nearest = NearName.of(written,
				this.names.stream().map((known) -> known.substring(PREFIX.length())).toList());
		return (nearest != null) ? PREFIX + nearest
				: this.names.stream()
					.filter((known) -> NearName.uniform(last(known)).equals(NearName.uniform(last(name))))
					.findFirst()
					.orElse(null);
	}

	private static String last(String name) {
		return name.substring(name.lastIndexOf('.') + 1);
	}

}
