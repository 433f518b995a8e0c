package io.flyteconnect.internal.grant.command;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.text.SafeText;
import io.flyteconnect.internal.token.TokenLife;

/**
 * What a command prints, taken for a token, or not: a token that goes to a server as
 * {@code {"access_token":...}} is refused there, with nothing to learn from.
 *
 * @param value the token
 * @param end when it ends, if that was printed beside it, or {@code null}
 */
record PrintedToken(String value, @Nullable Instant end) {

	/**
	 * RFC 6750 section 2.1, and the number with a bar that some servers of applications
	 * have in front.
	 */
	private static final Pattern TOKEN = Pattern.compile("(?:\\d++\\|)?[._~+/-]*+[A-Za-z0-9][A-Za-z0-9._~+/-]*+=*+");

	/** What stands before a token with a name: an equals sign may end one, too. */
	private static final Pattern EMPTY_NAME = Pattern.compile("(?:token|jwt|bearer|secret)=", Pattern.CASE_INSENSITIVE);

	private static final Pattern PREFIX = Pattern.compile("[A-Za-z_]*+");

	/**
	 * Find the token in what was printed.
	 * @param printed the text
	 * @param now the time, which a token that names its end must not be past
	 * @return the token
	 * @throws IllegalArgumentException if it is none; the message says what was printed
	 * instead, without any of it but names of fields
	 */
	static PrintedToken of(String printed, Instant now) {
		String text = printed.strip();
		text = text.startsWith("\uFEFF") ? text.substring(1).strip() : text;
		if (text.isEmpty()) {
			throw new IllegalArgumentException("printed nothing");
		}
		return (text.startsWith("{") || text.startsWith("[")) ? PrintedJson.token(text, now)
				: new PrintedToken(bare(text), null);
	}

	/**
	 * Check what should be nothing but a token.
	 * @param text the text
	 * @return the token
	 * @throws IllegalArgumentException if it is none
	 */
	static String bare(String text) {
		String token = withoutScheme(unquoted(text));
		if (WordsOfPrograms.isNothing(token)) {
			throw new IllegalArgumentException("printed '" + token
					+ "' in place of a token, as programs do that did not find the field they were asked for");
		}
		if (WordsOfPrograms.isState(token)) {
			throw new IllegalArgumentException("printed the word '" + token + "' in place of a token");
		}
		if (WordsOfPrograms.isNumber(token)) {
			throw new IllegalArgumentException("printed a number in place of a token");
		}
		if (token.startsWith("-----BEGIN")) {
			throw new IllegalArgumentException("printed a certificate or a key (PEM) in place of a token");
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
		if (!isToken(token)) {
			throw new IllegalArgumentException("printed something that is no token: one has letters, digits and -._~+/"
					+ " only, and = at its end (RFC 6750 section 2.1). Let it print the token without a name, a"
					+ " variable or marks around it");
		}
		return token;
	}

	/**
	 * Return whether a text can be a bearer token.
	 * @param text the text
	 * @return whether it has the form of one, and is no word that programs print
	 */
	static boolean isToken(String text) {
		return TOKEN.matcher(text).matches() && !WordsOfPrograms.isAny(text) && !text.startsWith("-----")
				&& !isEmptyName(text);
	}

	/**
	 * Return how long it is good for.
	 * @param received when it was received
	 * @param opaqueLife how long a token is good for that does not say so itself
	 * @return the time until the end that was printed, else until the one of a JWT
	 */
	Duration life(Instant received, Duration opaqueLife) {
		if (this.end != null) {
			return TokenLife.of(Duration.between(received, this.end), this.value, received);
		}
		Duration own = TokenLife.ofKept(this.value, received);
		return (own.compareTo(TokenLife.UNTIL_REFUSED) < 0) ? own : opaqueLife;
	}

	@Override
	public String toString() {
		return "PrintedToken[end=" + this.end + "]";
	}

	private static boolean isEmptyName(String text) {
		int word = text.lastIndexOf('_') + 1;
		return EMPTY_NAME.matcher(text.substring(word)).matches() && PREFIX.matcher(text.substring(0, word)).matches();
	}

	private static String unquoted(String text) {
		char first = text.isEmpty() ? ' ' : text.charAt(0);
		int last = text.length() - 1;
		return (last > 1 && (first == '"' || first == '\'') && text.charAt(last) == first)
				? text.substring(1, last).strip() : text;
	}

	private static String withoutScheme(String text) {
		return text.regionMatches(true, 0, "Bearer ", 0, 7) ? text.substring(7).strip() : text;
	}

}
