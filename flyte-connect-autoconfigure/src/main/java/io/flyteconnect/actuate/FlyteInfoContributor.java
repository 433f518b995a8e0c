package io.flyteconnect.actuate;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;

import io.flyteconnect.FlyteConnection;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.identity.FlyteUser;

/**
 * Shows under {@code flyte} and its name what each connection is connected to, how it
 * logs in, and who Flyte takes it for where that is known. A Flyte that is down, or that
 * a person would have to log in to, only makes the last one missing.
 *
 * @since 0.1.0
 */
public final class FlyteInfoContributor implements InfoContributor {

	/** How long the page waits for Flyte. */
	static final Duration DEADLINE = Duration.ofSeconds(2);

	private final Map<FlyteConnection, CachedUser> connections = new LinkedHashMap<>();

	/**
	 * Create a contributor.
	 * @param connections the connections to show
	 */
	public FlyteInfoContributor(List<FlyteConnection> connections) {
		this(connections, Clock.systemUTC(), DEADLINE);
	}

	FlyteInfoContributor(List<FlyteConnection> connections, Clock clock, Duration deadline) {
		connections
			.forEach((connection) -> this.connections.put(connection, new CachedUser(connection, clock, deadline)));
	}

	@Override
	public void contribute(Info.Builder builder) {
		Map<String, Object> details = new LinkedHashMap<>();
		this.connections.forEach((connection, user) -> details.put(connection.name(), details(connection, user)));
		builder.withDetail("flyte", details);
	}

	private static Map<String, Object> details(FlyteConnection connection, CachedUser cached) {
		PlatformConfig config = connection.config();
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("endpoint", config.endpoint().toString());
		details.put("authMode", config.credentials().authMode().words().get(0));
		put(details, "console", config.consoleEndpoint());
		FlyteUser user = cached.get();
		if (user != null) {
			Map<String, Object> claims = new LinkedHashMap<>();
			put(claims, "subject", user.subject());
			put(claims, "name", user.name());
			put(claims, "preferredUsername", user.preferredUsername());
			put(claims, "email", user.email());
			details.put("user", claims);
		}
		return details;
	}

	private static void put(Map<String, Object> details, String name, @Nullable Object value) {
		if (value != null) {
			details.put(name, value.toString());
		}
	}

}
