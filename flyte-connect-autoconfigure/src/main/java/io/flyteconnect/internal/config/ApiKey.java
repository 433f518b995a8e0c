package io.flyteconnect.internal.config;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * An API key of Flyte 2: Base64 of {@code endpoint:client_id:client_secret:org}
 * ({@code flyte/remote/_client/auth/_auth_utils.py}). Read from the right, since an
 * endpoint may have colons.
 *
 * @param endpoint the endpoint
 * @param clientId the client id
 * @param clientSecret the client secret
 * @param text the key as it is written
 */
public record ApiKey(String endpoint, String clientId, String clientSecret, String text) {

	/**
	 * Read a key.
	 * @param text the key
	 * @return what it holds
	 * @throws IllegalArgumentException if it is no such key; the message holds nothing of
	 * it
	 */
	public static ApiKey parse(String text) {
		String decoded = decode(text.strip());
		int org = decoded.lastIndexOf(':');
		int secret = decoded.lastIndexOf(':', org - 1);
		int id = decoded.lastIndexOf(':', secret - 1);
		if (org < 0 || secret < 0 || id < 0) {
			throw new IllegalArgumentException("it does not hold endpoint:client_id:client_secret:org");
		}
		ApiKey key = new ApiKey(decoded.substring(0, id), decoded.substring(id + 1, secret),
				decoded.substring(secret + 1, org), text.strip());
		if (key.endpoint.isBlank() || key.clientId.isBlank() || key.clientSecret.isBlank()) {
			throw new IllegalArgumentException("endpoint, client id or client secret in it are empty");
		}
		return key;
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
