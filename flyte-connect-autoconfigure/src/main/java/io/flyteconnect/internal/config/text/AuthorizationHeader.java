package io.flyteconnect.internal.config.text;

import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Checks the metadata key of the token. gRPC would silently drop the token if the key
 * were invalid, or reserved for gRPC or HTTP/2.
 *
 * @since 0.1.0
 */
public final class AuthorizationHeader {

	/**
	 * Headers that gRPC sets itself (gRPC over HTTP/2), and connection-specific headers
	 * (RFC 9113 section 8.2.2).
	 */
	private static final Set<String> RESERVED = Set.of("host", "te", "user-agent", "content-type", "content-length",
			"connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade", "trailer");

	private static final int LIMIT = 128;

	private AuthorizationHeader() {
	}

	/**
	 * Return the form of a key that gRPC requires.
	 * @param key the key
	 * @return the key in lower case, without white space around it
	 */
	public static String key(String key) {
		return key.strip().toLowerCase(Locale.ROOT);
	}

	/**
	 * Return what is wrong with a key.
	 * @param key the key
	 * @return the rest of a sentence that begins with the key, or {@code null} if a token
	 * can be sent under it
	 */
	public static @Nullable String problem(String key) {
		String lower = key(key);
		if (key.length() > LIMIT) {
			return "is no metadata key: it has more than " + LIMIT + " characters";
		}
		// Does not check the lower-case form, in which some non-ASCII letters become
		// ASCII.
		if (!key.strip().matches("[0-9A-Za-z_.-]+")) {
			return "is no metadata key: a key has letters, digits, '-', '_' and '.'";
		}
		if (lower.endsWith("-bin")) {
			return "is no metadata key of text: what ends in -bin holds bytes";
		}
		if (RESERVED.contains(lower) || lower.startsWith("grpc-")) {
			return "is a metadata key that gRPC keeps for itself: a token under it would be lost";
		}
		return null;
	}

}
