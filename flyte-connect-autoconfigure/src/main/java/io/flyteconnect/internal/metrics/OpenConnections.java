package io.flyteconnect.internal.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import io.grpc.ConnectivityState;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.FlyteConnection;
import io.flyteconnect.login.TokenState;

/**
 * The connections that are open, by their names. Of several that have one name, the
 * newest is looked at.
 */
final class OpenConnections {

	private final Map<String, List<FlyteConnection>> connections = new ConcurrentHashMap<>();

	void add(FlyteConnection connection) {
		this.connections.computeIfAbsent(connection.name(), (name) -> new CopyOnWriteArrayList<>()).add(0, connection);
	}

	/**
	 * Remove a connection.
	 * @return whether it was the last one of its name
	 */
	boolean remove(FlyteConnection connection) {
		return this.connections.computeIfPresent(connection.name(), (name, open) -> {
			open.remove(connection);
			return open.isEmpty() ? null : open;
		}) == null;
	}

	boolean has(String name) {
		return this.connections.containsKey(name);
	}

	double secondsToTokenEnd(String name) {
		FlyteConnection connection = find(name);
		TokenState state = (connection != null) ? connection.tokenState() : null;
		if (state == null || state.presence() != TokenState.Presence.PRESENT) {
			return Double.NaN;
		}
		Instant end = state.endsAt();
		return (end != null) ? Duration.between(Instant.now(), end).toMillis() / 1000.0 : Double.POSITIVE_INFINITY;
	}

	double isIn(String name, ConnectivityState state) {
		FlyteConnection connection = find(name);
		return (connection != null && connection.channelState() == state) ? 1 : 0;
	}

	private @Nullable FlyteConnection find(String name) {
		List<FlyteConnection> open = this.connections.get(name);
		return (open != null && !open.isEmpty()) ? open.get(0) : null;
	}

}
