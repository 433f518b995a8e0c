package io.flyteconnect.login;

/**
 * Gives a token: in mode {@code external-command} a bean of this type takes the place of
 * the command. Asked by one thread at a time; may block.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface FlyteTokenSupplier {

	/**
	 * Get a new token. What it returned is kept until its end, or until the server
	 * refuses it.
	 * @return the token, without {@code Bearer}
	 */
	String getToken();

}
