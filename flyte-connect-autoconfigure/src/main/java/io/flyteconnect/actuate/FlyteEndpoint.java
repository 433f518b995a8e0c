package io.flyteconnect.actuate;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.Sanitizer;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.core.env.Environment;

import io.flyteconnect.FlyteConnection;
import io.flyteconnect.execution.FlyteExecutions;
import io.flyteconnect.internal.text.NearName;
import io.flyteconnect.internal.text.SafeText;

/**
 * Shows of each Flyte connection its settings and where they come from, which Flyte file
 * was read, and the state of channel and token; drops a token or connects anew. Nothing
 * is asked of any server to show it. As with Spring Boot's own endpoints,
 * {@code management.endpoint.flyte.show-values} says whether values are shown; secrets
 * never are.
 *
 * @since 0.1.0
 */
@Endpoint(id = "flyte")
public final class FlyteEndpoint {

	private final Map<String, FlyteConnection> connections = new LinkedHashMap<>();

	private final Map<String, FlyteExecutions> executions;

	private final Environment environment;

	private final Sanitizer sanitizer;

	private final Show showValues;

	/**
	 * Create an endpoint.
	 * @param connections the connections to show
	 * @param executions what launches executions, by the names of connections
	 * @param environment where settings come from
	 * @param sanitizingFunctions mask what is not to be shown
	 * @param showValues whether values are shown
	 */
	public FlyteEndpoint(List<FlyteConnection> connections, Map<String, FlyteExecutions> executions,
			Environment environment, Iterable<SanitizingFunction> sanitizingFunctions, Show showValues) {
		connections.forEach((connection) -> this.connections.put(connection.name(), connection));
		this.executions = Map.copyOf(executions);
		this.environment = environment;
		this.sanitizer = new Sanitizer(sanitizingFunctions);
		this.showValues = showValues;
	}

	/**
	 * Describe all connections.
	 * @return the descriptions by the names of the connections
	 */
	@ReadOperation
	public Map<String, Object> connections() {
		return connections(this.showValues.isShown(true));
	}

	/**
	 * Describe a connection.
	 * @param name the name of the connection
	 * @return the description, or {@code null} if there is none of that name
	 */
	@ReadOperation
	public @Nullable Map<String, Object> connection(@Selector String name) {
		return connection(name, this.showValues.isShown(true));
	}

	/**
	 * Do something to a connection.
	 * @param name the name of the connection
	 * @param action what to do: {@code drop-token} or {@code reconnect}
	 * @return what was done, or {@code null} if there is no connection of that name
	 */
	@WriteOperation
	public @Nullable Map<String, Object> act(@Selector String name, Action action) {
		FlyteConnection connection = this.connections.get(name);
		if (connection == null) {
			return null;
		}
		switch (action) {
			case DROP_TOKEN -> connection.dropToken();
			case RECONNECT -> connection.reconnect();
		}
		return OperationResponseBody.of(Map.of("connection", name, "done", action.name()));
	}

	/** Say that there is no connection of a name, and which there are. */
	Map<String, Object> unknown(String name) {
		return OperationResponseBody.of(Map.of("error",
				"There is no Flyte connection named '" + SafeText.of(name) + "'"
						+ NearName.hint(name, this.connections.keySet()),
				"connections", List.copyOf(this.connections.keySet())));
	}

	Map<String, Object> connections(boolean shown) {
		Map<String, Object> pages = new LinkedHashMap<>();
		this.connections.forEach((name, connection) -> pages.put(name, describe(connection, shown)));
		return OperationResponseBody.of(Map.of("connections", pages));
	}

	@Nullable Map<String, Object> connection(String name, boolean shown) {
		FlyteConnection connection = this.connections.get(name);
		return (connection != null) ? OperationResponseBody.of(describe(connection, shown)) : null;
	}

	private Map<String, Object> describe(FlyteConnection connection, boolean shown) {
		return new ConnectionPage(this.environment, connection, this.executions.get(connection.name()))
			.describe((property, value) -> this.sanitizer.sanitize(new SanitizableData(null, property, value), shown));
	}

	/**
	 * What can be done to a connection.
	 */
	public enum Action {

		/**
		 * Drop the token: the next call gets another one.
		 */
		DROP_TOKEN,

		/**
		 * Connect anew: calls under way finish on the old connection.
		 */
		RECONNECT;

		private String word() {
			return name().toLowerCase(Locale.ROOT).replace('_', '-');
		}

		static List<String> names() {
			return Arrays.stream(values()).map(Action::word).toList();
		}

		static @Nullable Action find(@Nullable String text) {
			String word = (text != null) ? text.strip().replace('_', '-') : "";
			return Arrays.stream(values())
				.filter((action) -> action.word().equalsIgnoreCase(word))
				.findFirst()
				.orElse(null);
		}

	}

}
