package io.flyteconnect.internal.store;

import org.springframework.security.crypto.encrypt.TextEncryptor;

/**
 * Creates the stores of connections in a place that several connections share.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface SharedStoreFactory {

	/**
	 * Create the store of a connection.
	 * @param registrationId the connection's client registration
	 * @param login what tells this login from others of that registration: endpoint,
	 * mode, client and so on, as a digest
	 * @param encryptor encrypts the tokens
	 * @return the store; nothing has been read or written yet
	 */
	SharedStore create(String registrationId, String login, TextEncryptor encryptor);

}
