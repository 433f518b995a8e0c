package io.flyteconnect.config;

/**
 * How the client secret goes to the token endpoint (RFC 6749 section 2.3.1, in the words
 * of OpenID Connect Core section 9).
 *
 * @since 0.1.0
 */
public enum ClientAuthentication {

	/** In the header, as HTTP Basic authentication. */
	CLIENT_SECRET_BASIC,

	/** In the body. */
	CLIENT_SECRET_POST

}
