package io.flyteconnect.internal.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

import org.springframework.security.crypto.encrypt.Encryptors;
import org.springframework.security.crypto.encrypt.TextEncryptor;

import io.flyteconnect.config.CredentialSettings;
import io.flyteconnect.config.PlatformConfig;

/**
 * What a login is found by in a store, and what it is encrypted with.
 */
public final class StoreKeys {

	private StoreKeys() {
	}

	/**
	 * A digest of everything that decides which token a login gets and where it is sent,
	 * so that a token never reaches another server, and nobody acts as somebody else,
	 * because two applications use one store.
	 */
	public static String login(PlatformConfig config) {
		CredentialSettings credentials = config.credentials();
		List<String> parts = List.of(config.endpoint().text(), String.valueOf(config.tls().insecure()),
				credentials.authMode().name(), String.valueOf(credentials.clientId()),
				String.join(" ", credentials.scopes()), String.valueOf(credentials.audience()),
				String.valueOf(credentials.tokenUrl()), String.valueOf(credentials.useAudienceFromAdmin()),
				String.join("\0", credentials.command()));
		return Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(String.join("\n", parts)));
	}

	/**
	 * AES in Galois/counter mode, with a key derived from a text. Salt keeps apart what
	 * is encrypted with the same text; here each key has one use, so its own digest does,
	 * and all replicas derive the same.
	 */
	public static TextEncryptor encryptor(String key) {
		String salt = HexFormat.of().formatHex(Arrays.copyOf(sha256("flyte-connect store " + key), 16));
		return Encryptors.delux(key, salt);
	}

	private static byte[] sha256(String text) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}
