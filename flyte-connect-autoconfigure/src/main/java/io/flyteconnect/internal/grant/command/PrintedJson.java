package io.flyteconnect.internal.grant.command;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.json.JsonParseException;
import org.springframework.boot.json.JsonParserFactory;

import io.flyteconnect.internal.text.SafeText;

/**
 * JSON that a command prints: Kubernetes' form of a token, or an error that names the
 * field which looks like one.
 */
final class PrintedJson {

	/** The most likely first. */
	private static final List<String> TOKEN_FIELDS = List.of("access_token", "accesstoken", "id_token", "idtoken",
			"token", "bearer_token", "bearertoken", "jwt");

	private static final int DEEPEST = 6;

	/** More is nobody's token, and takes a parser long. */
	private static final int DEEPEST_READ = 64;

	private PrintedJson() {
	}

	/**
	 * Find the token.
	 * @param text the JSON
	 * @param now the time
	 * @return the token
	 * @throws IllegalArgumentException if there is none that can be taken without a guess
	 */
	static PrintedToken token(String text, Instant now) {
		Map<String, Object> fields = parse(text);
		if (fields == null) {
			throw new IllegalArgumentException(
					"printed something that looks like JSON, where the token alone is needed");
		}
		if ("ExecCredential".equals(fields.get("kind"))) {
			return execCredential(fields, now);
		}
		String field = tokenField(fields, "", 0);
		throw new IllegalArgumentException("printed JSON, where the token alone is needed" + ((field != null)
				? ": its field '" + field + "' looks like the token (let the command print that, for example with"
						+ " jq -r ." + field + ")"
				: ", and no field of it looks like a token"));
	}

	/**
	 * The form that kubectl's credential plug-ins print (Kubernetes,
	 * client.authentication.k8s.io).
	 */
	private static PrintedToken execCredential(Map<String, Object> fields, Instant now) {
		if (!(fields.get("status") instanceof Map<?, ?> status) || !(status.get("token") instanceof String token)
				|| token.isBlank()) {
			throw new IllegalArgumentException("printed an ExecCredential without a token in its field 'status.token'");
		}
		Instant end = instant(status.get("expirationTimestamp"));
		if (end != null && !end.isAfter(now)) {
			throw new IllegalArgumentException("printed an ExecCredential whose token has ended at " + end
					+ " (its field 'status.expirationTimestamp'): let it get a new one, and check the clocks");
		}
		return new PrintedToken(PrintedToken.bare(token.strip()), end);
	}

	// One that cannot be read is a hint less, as with tokens that name no end.
	private static @Nullable Instant instant(@Nullable Object timestamp) {
		try {
			return (timestamp instanceof String text) ? OffsetDateTime.parse(text.strip()).toInstant() : null;
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

	private static @Nullable Map<String, Object> parse(String text) {
		if (isDeep(text)) {
			return null;
		}
		try {
			return JsonParserFactory.getJsonParser().parseMap(text.startsWith("[") ? "{\"[]\":" + text + "}" : text);
		}
		catch (JsonParseException ex) {
			return null;
		}
	}

	private static boolean isDeep(String text) {
		int depth = 0;
		for (int i = 0; i < text.length() && depth <= DEEPEST_READ; i++) {
			char character = text.charAt(i);
			depth += (character == '{' || character == '[') ? 1 : (character == '}' || character == ']') ? -1 : 0;
		}
		return depth > DEEPEST_READ;
	}

	private static @Nullable String tokenField(Map<?, ?> fields, String prefix, int depth) {
		for (String wanted : TOKEN_FIELDS) {
			for (Map.Entry<?, ?> field : fields.entrySet()) {
				String name = String.valueOf(field.getKey());
				if (wanted.equals(name.toLowerCase(Locale.ROOT).replace('-', '_'))
						&& field.getValue() instanceof String value && PrintedToken.isToken(value.strip())) {
					return prefix + SafeText.of(name);
				}
			}
		}
		for (Map.Entry<?, ?> field : fields.entrySet()) {
			Object value = (field.getValue() instanceof List<?> list && !list.isEmpty()) ? list.get(0)
					: field.getValue();
			String name = String.valueOf(field.getKey());
			String path = "[]".equals(name) ? "[0]." : SafeText.of(name) + ((value == field.getValue()) ? "." : "[0].");
			String found = (value instanceof Map<?, ?> nested && depth < DEEPEST)
					? tokenField(nested, prefix + path, depth + 1) : null;
			if (found != null) {
				return found;
			}
		}
		return null;
	}

}
