package io.flyteconnect.internal.secret;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.secret.SecretValue;

/**
 * Detects a change of a secret without storing it: a hash that cannot be used outside
 * this process.
 */
final class SecretFingerprint {

	private static final byte[] SALT = new byte[16];

	static {
		new SecureRandom().nextBytes(SALT);
	}

	private final byte[] hash;

	private SecretFingerprint(byte[] hash) {
		this.hash = hash;
	}

	static SecretFingerprint of(SecretValue value) {
		byte[] bytes = value.bytes();
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			digest.update(SALT);
			return new SecretFingerprint(digest.digest(bytes));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
		finally {
			Arrays.fill(bytes, (byte) 0);
		}
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof SecretFingerprint fingerprint && MessageDigest.isEqual(this.hash, fingerprint.hash);
	}

	@Override
	public int hashCode() {
		return Arrays.hashCode(this.hash);
	}

}
