package io.flyteconnect.secret;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.flyteconnect.internal.secret.PythonText;

/**
 * The value of a secret. Its {@code toString()} is a mask, and it cannot be serialized.
 * Close it after use, which overwrites it in memory.
 *
 * @since 0.1.0
 */
public final class SecretValue implements AutoCloseable {

	private static final String MASK = "******";

	private final byte[] bytes;

	private final String origin;

	private final boolean file;

	private boolean closed;

	private SecretValue(byte[] bytes, String origin, boolean file) {
		Assert.hasText(origin, "'origin' must not be empty");
		this.bytes = bytes;
		this.origin = origin;
		this.file = file;
	}

	/**
	 * Create a secret from a text.
	 * @param text the secret
	 * @param origin where it was found, in words for messages, such as
	 * {@code Vault, secret/data/db}
	 * @return the secret
	 */
	public static SecretValue of(String text, String origin) {
		return new SecretValue(text.getBytes(StandardCharsets.UTF_8), origin, false);
	}

	/**
	 * Create a secret from bytes.
	 * @param bytes the secret, which is copied
	 * @param origin where it was found, in words for messages
	 * @return the secret
	 */
	public static SecretValue of(byte[] bytes, String origin) {
		return new SecretValue(bytes.clone(), origin, false);
	}

	/**
	 * Create a secret from the content of a file.
	 * @param bytes the content, which is not copied
	 * @param origin the file, in words
	 * @return the secret
	 */
	public static SecretValue ofFile(byte[] bytes, String origin) {
		return new SecretValue(bytes, origin, true);
	}

	/**
	 * Return the secret as text, without the white space around it, as flytekit does.
	 * Line breaks of a file are converted to line feeds. The text remains in memory until
	 * the JVM collects it; use {@link #bytes()} if that matters.
	 * @return the text
	 * @throws UnreadableSecretException if the bytes are no UTF-8 text
	 * @throws IllegalStateException if the secret is closed
	 */
	public synchronized String text() {
		checkOpen();
		try {
			CharBuffer chars = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(this.bytes));
			String text = PythonText.strip(chars);
			Arrays.fill(chars.array(), '\0');
			return this.file ? PythonText.universalNewlines(text) : text;
		}
		catch (CharacterCodingException ex) {
			throw new UnreadableSecretException(this.origin, "it is no UTF-8 text, and only to be had as bytes");
		}
	}

	/**
	 * Return the secret as it is.
	 * @return a copy of the bytes
	 * @throws IllegalStateException if the secret is closed
	 */
	public synchronized byte[] bytes() {
		checkOpen();
		return this.bytes.clone();
	}

	/**
	 * Return where the secret was found.
	 * @return the place in words, such as {@code file /etc/secrets/db/password}
	 */
	public String origin() {
		return this.origin;
	}

	/**
	 * Overwrite the secret in memory.
	 */
	@Override
	public synchronized void close() {
		this.closed = true;
		Arrays.fill(this.bytes, (byte) 0);
	}

	private void checkOpen() {
		Assert.state(!this.closed, "The secret is closed");
	}

	private synchronized byte @Nullable [] open() {
		return this.closed ? null : this.bytes;
	}

	/**
	 * Compare with another secret in constant time. A closed secret is equal to itself
	 * only.
	 * @param other what to compare with
	 * @return whether both are the same bytes
	 */
	@Override
	public boolean equals(@Nullable Object other) {
		if (this == other) {
			return true;
		}
		byte[] mine = open();
		byte[] theirs = (other instanceof SecretValue value) ? value.open() : null;
		return mine != null && theirs != null && MessageDigest.isEqual(mine, theirs);
	}

	/**
	 * Return the same value for all secrets, so that it reveals nothing about this one.
	 * @return a constant
	 */
	@Override
	public int hashCode() {
		return MASK.hashCode();
	}

	@Override
	public String toString() {
		return MASK;
	}

}
