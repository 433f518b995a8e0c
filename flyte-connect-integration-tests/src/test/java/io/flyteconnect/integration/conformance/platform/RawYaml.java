package io.flyteconnect.integration.conformance.platform;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * A YAML file of a case, read twice: with the values as they are written, and with the
 * types that YAML 1.1 gives to words without quotes, as PyYAML does.
 */
final class RawYaml {

	private final @Nullable Object written;

	private final @Nullable Object typed;

	private final boolean malformed;

	private final boolean stumbled;

	private RawYaml(@Nullable Object written, @Nullable Object typed, boolean malformed, boolean stumbled) {
		this.written = written;
		this.typed = typed;
		this.malformed = malformed;
		this.stumbled = stumbled;
	}

	static RawYaml of(String text) {
		try {
			RawYamlNodes nodes = RawYamlNodes.of(text);
			Object written = yaml(new AsWritten(), new Texts(new LoaderOptions())).load(text);
			Object typed = nodes.isStumble() ? null
					: yaml(new Resolver(), new SafeConstructor(new LoaderOptions())).load(text);
			return of(written, typed, nodes.isMalformed(), nodes.isStumble());
		}
		catch (YAMLException | NumberFormatException ex) {
			return new RawYaml(null, null, true, false);
		}
	}

	private static RawYaml of(@Nullable Object written, @Nullable Object typed, boolean malformed, boolean stumbled) {
		Object admin = (written instanceof Map<?, ?> map) ? map.get("admin") : null;
		boolean noMap = written != null && !(written instanceof Map) || admin != null && !(admin instanceof Map);
		return new RawYaml(written, typed, malformed || noMap, stumbled);
	}

	private static Yaml yaml(Resolver resolver, SafeConstructor constructor) {
		return new Yaml(constructor, new Representer(new DumperOptions()), new DumperOptions(), new LoaderOptions(),
				resolver);
	}

	/** Whether flytekit passes over the file, or over its settings of the connection. */
	boolean isMalformed() {
		return this.malformed;
	}

	/**
	 * Whether PyYAML stumbles over a value that is a text to anybody else: a date that is
	 * none, or a sign that YAML 1.1 keeps for itself.
	 */
	boolean isStumble() {
		return this.stumbled;
	}

	/** The value as it is written: text, a list or a map, or {@code null}. */
	@Nullable Object written(String path) {
		return find(this.written, path);
	}

	/** Whether YAML makes something else of the value than text. */
	boolean isTyped(String path) {
		Object value = find(this.stumbled ? this.written : this.typed, path);
		return value != null && (this.stumbled || !(value instanceof String));
	}

	private static @Nullable Object find(@Nullable Object top, String path) {
		Object value = top;
		for (String key : path.split("\\.")) {
			value = (value instanceof Map<?, ?> map) ? map.get(key) : null;
		}
		return value;
	}

	/**
	 * What has a tag of its own, or is a sign of YAML's own, is a text as it is written.
	 */
	private static final class Texts extends SafeConstructor {

		private Texts(LoaderOptions options) {
			super(options);
			this.yamlConstructors.put(Tag.MERGE, new ConstructYamlStr());
			List.of(Tag.BINARY, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.TIMESTAMP)
				.forEach((tag) -> this.yamlConstructors.put(tag, new ConstructYamlStr()));
		}

	}

	/** Nothing but {@code null} and merges is told from text. */
	private static final class AsWritten extends Resolver {

		@Override
		protected void addImplicitResolvers() {
			addImplicitResolver(Tag.MERGE, MERGE, "<");
			addImplicitResolver(Tag.NULL, NULL, "~nN\0");
			addImplicitResolver(Tag.NULL, EMPTY, null);
		}

	}

}
