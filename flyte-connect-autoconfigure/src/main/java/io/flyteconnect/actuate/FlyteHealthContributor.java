package io.flyteconnect.actuate;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;

import io.flyteconnect.FlyteConnection;

/**
 * The health of each connection under its name. A connection is {@code UP} if Flyte Admin
 * answers one authenticated call, {@code DOWN} if it does not, and {@code UNKNOWN} where
 * only a person could log in and none has: nobody is asked by a page. All connections are
 * asked side by side, each by one call at a time, and the answer counts for a while.
 *
 * @since 0.1.0
 */
public final class FlyteHealthContributor implements CompositeHealthContributor {

	private final Map<String, FlyteHealthIndicator> connections = new LinkedHashMap<>();

	/**
	 * Create a contributor. Nobody is asked before somebody looks.
	 * @param connections the connections to show
	 * @param timeout how long a page waits for Flyte
	 * @param timeToLive how long an answer counts
	 */
	public FlyteHealthContributor(List<FlyteConnection> connections, Duration timeout, Duration timeToLive) {
		this(connections, timeout, timeToLive, Clock.systemUTC());
	}

	FlyteHealthContributor(List<FlyteConnection> connections, Duration timeout, Duration timeToLive, Clock clock) {
		connections.forEach((connection) -> this.connections.put(connection.name(),
				new FlyteHealthIndicator(connection, new ConnectionProbe(connection, timeout, timeToLive, clock))));
	}

	@Override
	public @Nullable HealthContributor getContributor(String name) {
		return this.connections.get(name);
	}

	/**
	 * Return the connections. Spring Boot looks at one after the other, so that all are
	 * asked before the first one is waited for.
	 */
	@Override
	public Stream<Entry> stream() {
		this.connections.values().forEach(FlyteHealthIndicator::ask);
		return this.connections.entrySet().stream().map((entry) -> new Entry(entry.getKey(), entry.getValue()));
	}

}
