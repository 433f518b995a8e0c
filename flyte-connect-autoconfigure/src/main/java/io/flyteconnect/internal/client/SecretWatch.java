package io.flyteconnect.internal.client;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.config.ClientSecret;

/**
 * Tells whether the client secret is another one than the one that the authorization
 * server has refused, as after a rotation: nobody has to wait for the end of a hold-off
 * then. Keeps salted hashes only.
 */
class SecretWatch {

	private final @Nullable ClientSecret secret;

	private final byte[] salt = new byte[16];

	private byte @Nullable [] tried;

	private volatile byte @Nullable [] refused;

	SecretWatch(@Nullable ClientSecret secret) {
		this.secret = secret;
		new SecureRandom().nextBytes(this.salt);
	}

	/**
	 * A grant is about to read the secret.
	 */
	void trying() {
		this.tried = hash();
	}

	/**
	 * The grant ended.
	 * @param refused whether the server did not accept the secret
	 */
	void tried(boolean refused) {
		this.refused = refused ? this.tried : null;
	}

	/**
	 * Return whether the last secret was refused, and another one may be there by now.
	 */
	boolean isRefused() {
		return this.refused != null && this.secret != null && this.secret.mayChange();
	}

	/**
	 * Read the secret again, which may take as long as its disk takes.
	 */
	boolean isChanged() {
		byte[] last = this.refused;
		byte[] present = (last != null) ? hash() : null;
		return present != null && !MessageDigest.isEqual(last, present);
	}

	private byte @Nullable [] hash() {
		if (this.secret == null) {
			return null;
		}
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			digest.update(this.salt);
			return digest.digest(this.secret.read().getBytes(StandardCharsets.UTF_8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
		catch (IllegalStateException ex) {
			// Not there, perhaps for this moment: the grant says so.
			return null;
		}
	}

}
