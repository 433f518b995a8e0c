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
 * The key under which a login is stored, and its encryption.
 */
public final class StoreKeys {

	private StoreKeys() {
	}

	/**
	 * A digest of all settings that determine which token a login gets and where it is
	 * sent. So applications that share a store never send a token to another server, or
	 * act as another client.
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
	 * Returns an AES-GCM encryptor with a key that is derived from a text. The salt is a
	 * digest of the text, which is sufficient since each text is used for one purpose,
	 * and lets all replicas derive the same key.
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
