package io.flyteconnect.internal.config.credentials;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * An API key of Flyte 2: Base64 of {@code endpoint:client_id:client_secret:org}
 * ({@code flyte/remote/_client/auth/_auth_utils.py}). Parsed from the right, since an
 * endpoint may contain colons.
 *
 * @param endpoint the endpoint
 * @param clientId the client id
 * @param clientSecret the client secret
 * @param text the key as it is written
 */
public record ApiKey(String endpoint, String clientId, String clientSecret, String text) {

	private static final Pattern QUOTE = Pattern.compile("[\"'`\u2018-\u201f]");

	/** Also matches escape sequences, which quotes turn into plain text. */
	private static final Pattern BLANK = Pattern.compile("[\\s\\p{Z}]|\\\\[nrt]");

	/**
	 * Colons of an endpoint: of a scheme and a name server, of an IPv6 address, of a
	 * port.
	 */
	private static final Pattern ENDPOINT = Pattern
		.compile("(?:[a-zA-Z][a-zA-Z0-9+.-]*:(?:/[^/]*/)?/*)?(?:\\[[^\\]]*]|[^:]*)(?::\\d{1,5})?/?");

	/**
	 * Parse a key.
	 * @param text the key
	 * @return the key
	 * @throws IllegalArgumentException if the text is not a key; the message contains no
	 * part of it
	 */
	public static ApiKey parse(String text) {
		String key = text.strip();
		String shape = shape(key);
		if (shape != null) {
			throw new IllegalArgumentException(shape);
		}
		String decoded = decode(key);
		int org = decoded.lastIndexOf(':');
		int secret = decoded.lastIndexOf(':', org - 1);
		int id = decoded.lastIndexOf(':', secret - 1);
		if (org < 0 || secret < 0 || id < 0) {
			throw new IllegalArgumentException("it does not hold endpoint:client_id:client_secret:org");
		}
		if (!ENDPOINT.matcher(decoded.substring(0, id)).matches()) {
			throw new IllegalArgumentException(
					"it has more parts than endpoint:client_id:client_secret:org, of which only"
							+ " the endpoint may have a colon in it");
		}
		ApiKey parsed = new ApiKey(decoded.substring(0, id), decoded.substring(id + 1, secret),
				decoded.substring(secret + 1, org), key);
		if (parsed.endpoint.isBlank() || parsed.clientId.isBlank() || parsed.clientSecret.isBlank()) {
			throw new IllegalArgumentException("endpoint, client id or client secret in it are empty");
		}
		return parsed;
	}

	// Describes how a valid key was copied wrongly.
	private static @Nullable String shape(String text) {
		if (QUOTE.matcher(text).find()) {
			return "it stands in quotes, which are no part of a key";
		}
		return BLANK.matcher(text).find() ? "it is wrapped: there are line breaks or blanks within it" : null;
	}

	private static String decode(String text) {
		String standard = text.replace('-', '+').replace('_', '/');
		try {
			byte[] bytes = Base64.getDecoder().decode(standard);
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
		}
		catch (IllegalArgumentException | CharacterCodingException ex) {
			throw new IllegalArgumentException("it is not Base64 text");
		}
	}

	@Override
	public String toString() {
		return "ApiKey[" + this.endpoint + "]";
	}

}
