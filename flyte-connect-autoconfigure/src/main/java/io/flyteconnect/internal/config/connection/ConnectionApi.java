package io.flyteconnect.internal.config.connection;

import io.flyteconnect.config.FlyteApi;
import io.flyteconnect.internal.config.origin.PropertyLookup;

/**
 * Whose API a connection calls, as its beans have to know before its settings are bound.
 *
 * @since 0.1.0
 */
public final class ConnectionApi {

	private ConnectionApi() {
	}

	/**
	 * Return whose API a connection calls.
	 * @param lookup finds its properties
	 * @return the API; that of Flyte 1 where the property cannot be read, which is told
	 * as the settings are bound
	 */
	public static FlyteApi of(PropertyLookup lookup) {
		String text = lookup.text("platform.api");
		for (FlyteApi api : FlyteApi.values()) {
			if (text != null && api.name().equalsIgnoreCase(text.strip())) {
				return api;
			}
		}
		return FlyteApi.V1;
	}

}
