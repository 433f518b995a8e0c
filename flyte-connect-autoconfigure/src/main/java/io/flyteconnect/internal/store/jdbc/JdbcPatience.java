package io.flyteconnect.internal.store.jdbc;

import java.time.Duration;

/**
 * The time limits of a login for the application's database.
 *
 * @param connection for a connection: far less than the default deadline of a call, which
 * waits for the login
 * @param statement for a statement, at least a second
 * @param network for an answer of any kind
 * @param others for another process that logs in, before one goes on alone
 */
public record JdbcPatience(Duration connection, Duration statement, Duration network, Duration others) {

	public static final JdbcPatience USUAL = new JdbcPatience(Duration.ofSeconds(3), Duration.ofSeconds(4),
			Duration.ofSeconds(5), Duration.ofSeconds(10));

}
