package io.flyteconnect.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.json.JsonParserFactory;

import io.flyteconnect.configfile.NearestName;

/**
 * The properties that there are, from what the jar says of them for editors, and which of
 * them a person may have meant.
 */
final class PropertyNames {

	private static final String METADATA = "META-INF/spring-configuration-metadata.json";

	private static final String PREFIX = "flyte.";

	private final Set<String> names = new LinkedHashSet<>();

	private final Set<String> uniform = new LinkedHashSet<>();

	private final Set<String> lists = new LinkedHashSet<>();

	private PropertyNames(Iterable<?> properties) {
		for (Object property : properties) {
			if (property instanceof Map<?, ?> map) {
				String name = String.valueOf(map.get("name"));
				this.names.add(name);
				this.uniform.add(NearestName.uniform(name));
				if (String.valueOf(map.get("type")).startsWith("java.util.List")) {
					this.lists.add(NearestName.uniform(name));
				}
			}
		}
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
	 * Return whether a property has an effect, in whatever form it is written.
	 * @param name the name, also that of an element or a field of one
	 * @return whether it, or the list or map that it is in, is known
	 */
	boolean contains(String name) {
		if (this.uniform.contains(NearestName.uniform(name))) {
			return true;
		}
		// A variable has no brackets: FLYTE_CREDENTIALS_SCOPES_0.
		String element = NearestName.uniform(name);
		return this.lists.stream()
			.anyMatch((list) -> element.startsWith(list) && element.length() > list.length()
					&& Character.isDigit(element.charAt(list.length())));
	}

	/**
	 * Return whether a property stands where nothing but ours does.
	 * @param name the name
	 * @return whether the first part of its name is that of a known one with several
	 */
	boolean isInOurSection(String name) {
		int end = name.indexOf('.', PREFIX.length());
		return end > 0 && this.names.stream().anyMatch((known) -> known.startsWith(name.substring(0, end + 1)));
	}

	/**
	 * Find the property that a person may have meant.
	 * @param name the name that has no effect
	 * @return a known name that differs in a few letters, or has the same last part, or
	 * {@code null}
	 */
	@Nullable String nearest(String name) {
		String nearest = NearestName.of(name.substring(PREFIX.length()),
				this.names.stream().map((known) -> known.substring(PREFIX.length())).toList());
		return (nearest != null) ? PREFIX + nearest
				: this.names.stream()
					.filter((known) -> NearestName.uniform(last(known)).equals(NearestName.uniform(last(name))))
					.findFirst()
					.orElse(null);
	}

	private static String last(String name) {
		return name.substring(name.lastIndexOf('.') + 1);
	}

}
