package io.flyteconnect.oauth2.command;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.json.JsonParseException;
import org.springframework.boot.json.JsonParserFactory;

import io.flyteconnect.text.SafeText;

/**
 * What a command prints, taken for a token, or not: a token that goes to a server as
 * {@code {"access_token":...}} is refused there, with nothing to learn from.
 */
final class PrintedToken {

	/** The most likely first. */
	private static final List<String> TOKEN_FIELDS = List.of("access_token", "accesstoken", "id_token", "idtoken",
			"token", "bearer_token", "bearertoken", "jwt");

	/** What programs print of a field that is not there. */
	private static final Set<String> NOTHING = Set.of("null", "none", "undefined", "nil", "\"\"", "''");

	private static final int DEEPEST = 6;

	private PrintedToken() {
	}

	/**
	 * Find the token in what was printed.
	 * @param printed the text
	 * @return the token
	 * @throws IllegalArgumentException if it is none; the message says what was printed
	 * instead, without any of it but names of fields
	 */
	static String of(String printed) {
		String text = printed.strip();
		text = text.startsWith("\uFEFF") ? text.substring(1).strip() : text;
		if (text.isEmpty()) {
			throw new IllegalArgumentException("printed nothing");
		}
		if (text.startsWith("{") || text.startsWith("[")) {
			return json(text);
		}
		String token = withoutScheme(unquoted(text));
		if (NOTHING.contains(token.toLowerCase(Locale.ROOT))) {
			throw new IllegalArgumentException("printed '" + token
					+ "' in place of a token, as programs do that did not find the field they were asked for");
		}
		long lines = token.lines().filter((line) -> !line.isBlank()).count();
		if (lines > 1 && token.lines().allMatch((line) -> line.matches("[\\x20-\\x7e\\t]*"))) {
			throw new IllegalArgumentException("printed " + lines + " lines, where the token alone is needed:"
					+ " let it write all else to standard error");
		}
		if (!SafeText.isHeaderValue(token)) {
			throw new IllegalArgumentException("printed something that is no token: it has blanks, line breaks or"
					+ " other characters that no header can carry");
		}
		if (token.startsWith("<")) {
			throw new IllegalArgumentException("printed a page (HTML or XML) in place of a token");
		}
		if (token.indexOf('"') >= 0 || token.indexOf('\'') >= 0) {
			throw new IllegalArgumentException("printed something that is no token: it has quotes in it");
		}
		return token;
	}

	private static String unquoted(String text) {
		char first = text.charAt(0);
		int last = text.length() - 1;
		return (last > 1 && (first == '"' || first == '\'') && text.charAt(last) == first)
				? text.substring(1, last).strip() : text;
	}

	private static String withoutScheme(String text) {
		return text.regionMatches(true, 0, "Bearer ", 0, 7) ? text.substring(7).strip() : text;
	}

	private static String json(String text) {
		Map<String, Object> fields = parse(text);
		if (fields == null) {
			throw new IllegalArgumentException(
					"printed something that looks like JSON, where the token alone is needed");
		}
		if ("ExecCredential".equals(fields.get("kind"))) {
			return execCredential(fields);
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
	private static String execCredential(Map<String, Object> fields) {
		if (fields.get("status") instanceof Map<?, ?> status && status.get("token") instanceof String token
				&& SafeText.isHeaderValue(token)) {
			return token;
		}
		throw new IllegalArgumentException("printed an ExecCredential without a token in its field 'status.token'");
	}

	private static @Nullable Map<String, Object> parse(String text) {
		try {
			return JsonParserFactory.getJsonParser().parseMap(text.startsWith("[") ? "{\"[]\":" + text + "}" : text);
		}
		catch (JsonParseException ex) {
			return null;
		}
	}

	private static @Nullable String tokenField(Map<?, ?> fields, String prefix, int depth) {
		for (String wanted : TOKEN_FIELDS) {
			for (Map.Entry<?, ?> field : fields.entrySet()) {
				String name = String.valueOf(field.getKey());
				if (wanted.equals(name.toLowerCase(Locale.ROOT).replace('-', '_'))
						&& field.getValue() instanceof String) {
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
