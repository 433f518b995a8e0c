package io.flyteconnect.config;

/**
 * Where the login of a connection is kept.
 *
 * @since 0.1.0
 */
public enum TokenStore {

	/**
	 * In memory: the login ends with the process.
	 */
	MEMORY,

	/**
	 * In the application's database, in the table of Spring Security's
	 * {@code JdbcOAuth2AuthorizedClientService}: replicas share one login.
	 */
	JDBC,

	/**
	 * In a file that only its owner can read: the next run of a command line tool is
	 * logged in.
	 */
	FILE

}
