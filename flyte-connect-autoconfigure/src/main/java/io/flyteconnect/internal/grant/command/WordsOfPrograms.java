package io.flyteconnect.internal.grant.command;

import java.util.Set;
import java.util.regex.Pattern;

import io.flyteconnect.internal.token.ErrorCodes;

/**
 * Single words that programs print where there is no token, however they are spelt: a
 * server would refuse them, with nothing to learn from.
 */
final class WordsOfPrograms {

	/** Of a field that is not there. */
	private static final Set<String> NOTHING = Set.of("null", "none", "undefined", "nil", "\"\"", "''", "<nil>",
			"<none>", "<null>", "<unset>", "(null)", "(none)", "(nil)", "(unset)", "(undefined)", "n/a", "nan", "unset",
			"unknown", "empty", "notset", "missing", "nothing", "novalue", "notavailable", "blank");

	/** Of how it went, and schemes and names without a token. */
	private static final Set<String> STATES = Set.of("true", "false", "yes", "no", "ok", "okay", "done", "success",
			"successful", "error", "errors", "err", "failed", "failure", "fail", "fatal", "panic", "exception",
			"warning", "abort", "aborted", "cancelled", "canceled", "timeout", "timedout", "killed", "denied",
			"refused", "rejected", "revoked", "permissiondenied", "unauthorized", "unauthenticated", "unauthorised",
			"notauthorized", "notauthorised", "notauthenticated", "authenticationfailed", "authenticationrequired",
			"forbidden", "notfound", "commandnotfound", "usernotfound", "tokennotfound", "notoken", "badrequest",
			"internalerror", "internalservererror", "unavailable", "serviceunavailable", "badgateway", "gatewaytimeout",
			"toomanyrequests", "expired", "tokenexpired", "sessionexpired", "expiredsession", "invalid", "tokeninvalid",
			"invalidcredentials", "nocredentials", "notconfigured", "loggedin", "loggedout", "notloggedin", "login",
			"logout", "signin", "signedout", "usage", "help", "bearer", "basic", "authorization", "accesstoken",
			"idtoken", "refreshtoken", "redacted", "masked");

	private static final Pattern DOTS = Pattern.compile("(?<=[^.])[.]{1,3}$");

	/** A status, an exit code, a time in seconds. */
	private static final Pattern NUMBER = Pattern.compile("-?\\d{1,10}(?:\\.\\d{1,10})?");

	private WordsOfPrograms() {
	}

	/**
	 * Return whether a text says that a field is not there.
	 */
	static boolean isNothing(String text) {
		return NOTHING.contains(plain(text));
	}

	/**
	 * Return whether a text says how it went, or is a code of an error.
	 */
	static boolean isState(String text) {
		String word = plain(text);
		return STATES.contains(word) || ErrorCodes.find(word) != null;
	}

	/**
	 * Return whether a text is a number of so few digits that it is no token.
	 */
	static boolean isNumber(String text) {
		return NUMBER.matcher(text).matches();
	}

	static boolean isAny(String text) {
		return isNothing(text) || isState(text) || isNumber(text);
	}

	private static String plain(String text) {
		// No word of these is longer, and a token may be very long.
		return (text.length() > 64) ? "" : ErrorCodes.plain(DOTS.matcher(text).replaceFirst(""));
	}

}
