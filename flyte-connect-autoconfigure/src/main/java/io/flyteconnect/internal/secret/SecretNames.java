package io.flyteconnect.internal.secret;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

import io.flyteconnect.secret.InvalidSecretNameException;
import io.flyteconnect.secret.Secret;

/**
 * Checks the parts of a secret's name for path separators, and builds the names of its
 * variable and file as flytekit does ({@code SecretsManager} of
 * {@code flytekit/core/context_manager.py}).
 */
public record SecretNames(@Nullable String group, @Nullable String groupVersion, @Nullable String key) {

	/** As AWS has it; other stores allow fewer. */
	private static final int LONGEST = 512;

	private static final int LONGEST_SHOWN = 100;

	/** Half a character (Cs) is in no name of a file. */
	private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");

	public SecretNames {
		check("group", group);
		check("groupVersion", groupVersion);
		check("key", key);
	}

	static SecretNames of(Secret secret) {
		return new SecretNames(secret.group(), secret.groupVersion(), secret.key());
	}

	private static void check(String field, @Nullable String name) {
		if (name == null) {
			return;
		}
		if (name.length() > LONGEST) {
			throw new InvalidSecretNameException(name,
					"'" + field + "' must not have more than " + LONGEST + " characters.");
		}
		if (name.indexOf('/') >= 0 || name.indexOf('\\') >= 0) {
			throw new InvalidSecretNameException(name, "'" + field + "' must not contain a path separator.");
		}
		if (name.contains("..")) {
			throw new InvalidSecretNameException(name, "'" + field + "' must not contain '..'.");
		}
		if (INVISIBLE.matcher(name).find()) {
			throw new InvalidSecretNameException(name, "'" + field + "' must not contain control characters.");
		}
	}

	SecretNames withoutVersion() {
		return new SecretNames(this.group, null, this.key);
	}

	SecretNames keyAlone() {
		return new SecretNames(null, null, this.key);
	}

	SecretNames withoutKey() {
		return new SecretNames(this.group, this.groupVersion, null);
	}

	/**
	 * Return the name of the variable, in upper case.
	 * @param prefix the prefix of the name
	 * @return the name of the variable
	 */
	public String variable(String prefix) {
		return prefix + String.join("_", parts((part) -> part.toUpperCase(Locale.ROOT)));
	}

	/**
	 * Return the file below the folder of secrets, in lower case.
	 * @param prefix the prefix of the last part
	 * @return the relative path
	 */
	public String file(String prefix) {
		return path(prefix, (part) -> part.toLowerCase(Locale.ROOT));
	}

	/**
	 * Return the file below the folder of secrets as Vault's agent writes it, with upper
	 * case unchanged.
	 * @param prefix the prefix of the last part
	 * @return the relative path
	 */
	String fileAsWritten(String prefix) {
		return path(prefix, UnaryOperator.identity());
	}

	private String path(String prefix, UnaryOperator<String> form) {
		List<String> parts = parts(form);
		int last = parts.size() - 1;
		return String.join("/",
				Stream.concat(parts.stream().limit(last), Stream.of(prefix + parts.get(last))).toList());
	}

	private List<String> parts(UnaryOperator<String> form) {
		return Stream.of(this.group, this.groupVersion, this.key)
			.filter(StringUtils::hasLength)
			.map((part) -> form.apply(Objects.requireNonNull(part)))
			.toList();
	}

	/**
	 * Describe a secret.
	 * @param secret the name of the secret
	 * @return its parts in words
	 */
	public static String describe(Secret secret) {
		StringJoiner words = new StringJoiner(", ");
		describe(words, "group", secret.group());
		describe(words, "version", secret.groupVersion());
		describe(words, "key", secret.key());
		return words.toString();
	}

	private static void describe(StringJoiner words, String field, @Nullable String name) {
		if (name != null) {
			words.add(field + " '" + printable(name) + "'");
		}
	}

	public static String printable(String name) {
		String shown = (name.length() > LONGEST) ? name.substring(0, LONGEST_SHOWN) + "..." : name;
		return INVISIBLE.matcher(shown).replaceAll("?");
	}

}
