package io.flyteconnect.autoconfigure.connection;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.internal.config.connection.NamedConnections;
import io.flyteconnect.internal.config.origin.PropertyOrigin;
import io.flyteconnect.internal.text.NearName;

/**
 * Which connections there are, and the one that {@code flyte.primary} names.
 *
 * @since 0.1.0
 */
public final class PrimaryConnection {

	private static final String PROPERTY = "flyte.primary";

	private PrimaryConnection() {
	}

	/**
	 * Find the connections that an environment configures. Those that are beans of the
	 * application are not among them.
	 * @param environment the environment
	 * @return their names; {@code default} where there are no others, or where something
	 * says where that one goes
	 * @throws InvalidFlyteConfigurationException if a key is no name of a connection
	 */
	public static List<String> configured(Environment environment) {
		List<String> names = new ArrayList<>();
		NamedConnections.of(environment).forEach((connection) -> names.add(connection.name()));
		if (names.isEmpty() || UnnamedConnection.isWritten(environment)) {
			names.add(0, PlatformConfig.DEFAULT_NAME);
		}
		return names;
	}

	/**
	 * Find the connection that is injected where none is named.
	 * @param environment the environment
	 * @param connections the names of the named connections
	 * @param unnamed whether there is the unnamed one
	 * @return its name, {@code default} for the unnamed one, or {@code null} if none is
	 * @throws InvalidFlyteConfigurationException if there is no connection of the name
	 */
	public static @Nullable String find(Environment environment, List<String> connections, boolean unnamed) {
		String primary = Binder.get(environment).bind(PROPERTY, String.class).orElse("").strip();
		if (!StringUtils.hasText(primary)) {
			return unnamed ? PlatformConfig.DEFAULT_NAME : null;
		}
		List<String> names = new ArrayList<>(connections);
		if (unnamed) {
			names.add(PlatformConfig.DEFAULT_NAME);
		}
		if (!names.contains(primary)) {
			String hint = NearName.hint(primary, names);
			throw new InvalidFlyteConfigurationException(PROPERTY, PropertyOrigin.of(environment, PROPERTY),
					"There is no Flyte connection named '" + primary + "'" + (hint.isEmpty() ? "." : hint),
					"Set flyte.primary to one of " + String.join(", ", names) + ", or configure flyte.connections."
							+ primary + ".platform.url.",
					null);
		}
		return primary;
	}

}
