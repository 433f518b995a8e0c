package io.flyteconnect.integration.conformance.wire;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.integration.conformance.platform.PlatformView;

/**
 * The fields of one object of a recorded case. One that is not known here fails the case:
 * a case that is replayed by halves would prove nothing.
 */
public final class WireFields {

	private final Map<String, @Nullable Object> values;

	private WireFields(Map<String, @Nullable Object> values) {
		this.values = values;
	}

	public static WireFields of(String where, Map<String, ? extends @Nullable Object> values, Set<String> known) {
		Set<String> unknown = new TreeSet<>(values.keySet());
		unknown.removeAll(known);
		if (!unknown.isEmpty()) {
			throw new IllegalArgumentException("The runner does not know the fields " + unknown + " of " + where
					+ "; it knows " + new TreeSet<>(known));
		}
		return new WireFields(new LinkedHashMap<>(values));
	}

	public boolean has(String name) {
		return this.values.get(name) != null;
	}

	public String text(String name, String absent) {
		Object value = this.values.get(name);
		return (value != null) ? value.toString() : absent;
	}

	public int number(String name, int absent) {
		return (this.values.get(name) instanceof Number number) ? number.intValue() : absent;
	}

	public boolean isTrue(String name) {
		return Boolean.TRUE.equals(this.values.get(name));
	}

	/** Seconds, as Python writes them. */
	public Duration seconds(String name) {
		return (this.values.get(name) instanceof Number number)
				? Duration.ofMillis((long) (number.doubleValue() * 1000)) : Duration.ZERO;
	}

	public List<@Nullable Object> list(String name) {
		return (this.values.get(name) instanceof List<?> list) ? new ArrayList<>(list) : List.of();
	}

	public List<String> texts(String name) {
		return list(name).stream().map(String::valueOf).toList();
	}

	public Map<String, @Nullable Object> map(String name) {
		return new LinkedHashMap<>(PlatformView.map(this.values.get(name)));
	}

	public @Nullable Object get(String name) {
		return this.values.get(name);
	}

}
