package io.flyteconnect.internal.configfile;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.env.PropertySourceInfo;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.boot.origin.OriginTrackedValue;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.util.StringUtils;

/**
 * Exposes a {@link FlyteFile} as a property source with the line and the column of each
 * value.
 *
 * @since 0.1.0
 */
public final class FlyteFilePropertySource extends EnumerablePropertySource<FlyteFile>
		implements PropertySourceInfo, OriginLookup<String> {

	private final Map<String, OriginTrackedValue> properties = new LinkedHashMap<>();

	private final String prefix;

	private final boolean escaped;

	private FlyteFilePropertySource(FlyteFile file, String prefix, boolean escaped) {
		super(name(file, prefix), file);
		this.prefix = prefix;
		this.escaped = escaped;
		file.properties().forEach((name, value) -> this.properties.put(prefix + "." + name, value));
	}

	// Several connections may have the same file.
	private static String name(FlyteFile file, String prefix) {
		return "Flyte file '" + file.path() + "'" + (prefix.equals("flyte") ? "" : " of " + prefix);
	}

	/**
	 * Create a property source for an environment. A Flyte file has no placeholders, so
	 * text that looks like one is escaped for the environment, which would resolve it.
	 * @param file the file
	 * @param prefix the prefix of the connection, for example {@code flyte}
	 * @return the property source
	 */
	public static FlyteFilePropertySource forEnvironment(FlyteFile file, String prefix) {
		return new FlyteFilePropertySource(file, prefix, true);
	}

	/**
	 * Create a property source with the values as they are.
	 * @param file the file
	 * @param prefix the prefix of the connection, for example {@code flyte}
	 * @return the property source
	 */
	public static FlyteFilePropertySource of(FlyteFile file, String prefix) {
		return new FlyteFilePropertySource(file, prefix, false);
	}

	/**
	 * Return whether the file is that of a connection.
	 * @param prefix the prefix of the connection, for example {@code flyte}
	 * @return whether it was read for that one
	 */
	public boolean isOf(String prefix) {
		return this.prefix.equals(prefix);
	}

	/**
	 * Return the file.
	 * @return the file that the properties come from
	 */
	public Path getFile() {
		return getSource().path();
	}

	@Override
	public String[] getPropertyNames() {
		return StringUtils.toStringArray(this.properties.keySet());
	}

	@Override
	public boolean containsProperty(String name) {
		return this.properties.containsKey(name);
	}

	@Override
	public @Nullable Object getProperty(String name) {
		OriginTrackedValue tracked = this.properties.get(name);
		Object value = (tracked != null) ? tracked.getValue() : null;
		return (this.escaped && value instanceof String text) ? PlaceholderText.escape(text) : value;
	}

	@Override
	public @Nullable Origin getOrigin(String name) {
		OriginTrackedValue tracked = this.properties.get(name);
		return (tracked != null) ? tracked.getOrigin() : null;
	}

	@Override
	public boolean isImmutable() {
		return true;
	}

}
