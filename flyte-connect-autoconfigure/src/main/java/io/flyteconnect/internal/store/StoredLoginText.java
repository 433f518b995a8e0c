package io.flyteconnect.internal.store;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Properties;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.encrypt.TextEncryptor;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AccessToken.TokenType;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.util.StringUtils;

/**
 * Converts a login to one encrypted text. Times are instants, so that they are the same
 * in all time zones.
 */
public class StoredLoginText {

	private final TextEncryptor encryptor;

	public StoredLoginText(TextEncryptor encryptor) {
		this.encryptor = encryptor;
	}

	public String write(StoredLogin login) {
		OAuth2AccessToken access = login.accessToken();
		Properties fields = new Properties();
		fields.setProperty("access-token", access.getTokenValue());
		fields.setProperty("token-type", access.getTokenType().getValue());
		fields.setProperty("scopes", StringUtils.collectionToDelimitedString(access.getScopes(), " "));
		set(fields, "issued-at", access.getIssuedAt());
		set(fields, "expires-at", access.getExpiresAt());
		OAuth2RefreshToken refresh = login.refreshToken();
		if (refresh != null) {
			fields.setProperty("refresh-token", refresh.getTokenValue());
			set(fields, "refresh-issued-at", refresh.getIssuedAt());
			set(fields, "refresh-expires-at", refresh.getExpiresAt());
		}
		if (login.secretMark() != null) {
			fields.setProperty("secret-mark", login.secretMark());
		}
		StringWriter text = new StringWriter();
		try {
			fields.store(text, null);
		}
		catch (IOException ex) {
			throw new IllegalStateException("A text cannot be written to memory", ex);
		}
		return this.encryptor.encrypt(text.toString());
	}

	/**
	 * Read a login.
	 * @param text the encrypted text
	 * @throws StoreException if it was encrypted with another key, or changed
	 */
	public StoredLogin read(String text) {
		Properties fields = new Properties();
		try {
			fields.load(new StringReader(this.encryptor.decrypt(text)));
			OAuth2AccessToken access = new OAuth2AccessToken(new TokenType(fields.getProperty("token-type")),
					fields.getProperty("access-token"), instant(fields, "issued-at"), instant(fields, "expires-at"),
					Set.of(StringUtils.tokenizeToStringArray(fields.getProperty("scopes"), " ")));
			String refresh = fields.getProperty("refresh-token");
			return new StoredLogin(access, (refresh != null) ? new OAuth2RefreshToken(refresh,
					instant(fields, "refresh-issued-at"), instant(fields, "refresh-expires-at")) : null,
					fields.getProperty("secret-mark"));
		}
		catch (IOException | IllegalArgumentException | IllegalStateException | DateTimeException ex) {
			// Has no cause, since its message may contain decrypted text.
			throw new StoreException(
					"the stored login cannot be decrypted: it is damaged, or was encrypted with another key", null);
		}
	}

	private static void set(Properties fields, String name, @Nullable Instant instant) {
		if (instant != null) {
			fields.setProperty(name, instant.toString());
		}
	}

	private static @Nullable Instant instant(Properties fields, String name) {
		String text = fields.getProperty(name);
		return (text != null) ? Instant.parse(text) : null;
	}

}
