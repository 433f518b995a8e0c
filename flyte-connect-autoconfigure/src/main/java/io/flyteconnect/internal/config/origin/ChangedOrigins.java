package io.flyteconnect.internal.config.origin;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.config.PlatformConfig.SettingOrigins;

/**
 * The origins of settings some of which code has changed since.
 *
 * @param before the origins of the others
 * @param changed what the names of those begin with that were changed
 */
public record ChangedOrigins(SettingOrigins before, List<String> changed) implements SettingOrigins {

	@Override
	public String property(String name) {
		return this.before.property(name);
	}

	@Override
	public @Nullable String origin(String name) {
		return isChanged(name) ? null : this.before.origin(name);
	}

	@Override
	public boolean isGivenByCode(String name) {
		return isChanged(name) || this.before.isGivenByCode(name);
	}

	private boolean isChanged(String name) {
		return this.changed.stream().anyMatch(name::startsWith);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof SettingOrigins;
	}

	@Override
	public int hashCode() {
		return SettingOrigins.class.hashCode();
	}

	@Override
	public String toString() {
		return "SettingOrigins";
	}

}
