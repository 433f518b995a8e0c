package io.flyteconnect.config;

/**
 * How a connection logs in, with the words that Flyte's own files use for it
 * ({@code flytekit/configuration/__init__.py}).
 *
 * @author Flyte Connect
 * @since 0.1.0
 */
public enum AuthMode {

	/**
	 * A person logs in with a browser: authorization code with PKCE (RFC 7636). The
	 * default, as in flytekit.
	 */
	PKCE,

	/**
	 * The service logs in with its own client id and secret (RFC 6749 section 4.4).
	 */
	CLIENT_CREDENTIALS,

	/**
	 * A command prints the token.
	 */
	EXTERNAL_COMMAND,

	/**
	 * A person confirms a code on another device (RFC 8628).
	 */
	DEVICE_FLOW,

	/**
	 * No token is ever asked for or sent.
	 */
	NONE

}
