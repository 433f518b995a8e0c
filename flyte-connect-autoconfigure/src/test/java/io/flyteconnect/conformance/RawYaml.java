package io.flyteconnect.conformance;

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

	private RawYaml(@Nullable Object written, @Nullable Object typed, boolean malformed) {
		this.written = written;
		this.typed = typed;
		this.malformed = malformed;
	}

	static RawYaml of(String text) {
		try {
			Object typed = yaml(new Resolver()).load(text);
			Object admin = (typed instanceof Map<?, ?> map) ? map.get("admin") : null;
			boolean malformed = typed != null && !(typed instanceof Map) || admin != null && !(admin instanceof Map);
			return new RawYaml(yaml(new AsWritten()).load(text), typed, malformed);
		}
		catch (YAMLException ex) {
			return new RawYaml(null, null, true);
		}
	}

	private static Yaml yaml(Resolver resolver) {
		LoaderOptions options = new LoaderOptions();
		return new Yaml(new SafeConstructor(options), new Representer(new DumperOptions()), new DumperOptions(),
				options, resolver);
	}

	/** Whether flytekit passes over the file, or over its settings of the connection. */
	boolean isMalformed() {
		return this.malformed;
	}

	/** The value as it is written: text, a list or a map, or {@code null}. */
	@Nullable Object written(String path) {
		return find(this.written, path);
	}

	/** Whether YAML makes something else of the value than text. */
	boolean isTyped(String path) {
		Object value = find(this.typed, path);
		return value != null && !(value instanceof String);
	}

	private static @Nullable Object find(@Nullable Object top, String path) {
		Object value = top;
		for (String key : path.split("\\.")) {
			value = (value instanceof Map<?, ?> map) ? map.get(key) : null;
		}
		return value;
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
