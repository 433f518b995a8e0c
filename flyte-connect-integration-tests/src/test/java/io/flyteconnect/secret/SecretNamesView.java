package io.flyteconnect.secret;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.secret.SecretNames;

/**
 * The names that tests compare with those of flytekit.
 */
public final class SecretNamesView {

	private SecretNamesView() {
	}

	public static String variable(SecretLocations locations, @Nullable String group, @Nullable String groupVersion,
			@Nullable String key) {
		return new SecretNames(group, groupVersion, key).variable(locations.envPrefix());
	}

	public static String file(SecretLocations locations, @Nullable String group, @Nullable String groupVersion,
			@Nullable String key) {
		return locations.folders().get(0) + "/"
				+ new SecretNames(group, groupVersion, key).file(locations.filePrefix());
	}

}
