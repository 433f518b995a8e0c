package io.flyteconnect.internal.token;

import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The error codes of OAuth 2.0 and OpenID Connect. Servers spell them in their own ways:
 * {@code INVALID_CLIENT}, {@code InvalidClient}, {@code invalid-client}.
 *
 * @since 0.1.0
 */
public final class ErrorCodes {

	private static final Map<String, String> STANDARD = Stream.of(
			// RFC 6749 sections 4.1.2.1 and 5.2
			"invalid_request", "invalid_client", "invalid_grant", "unauthorized_client", "unsupported_grant_type",
			"invalid_scope", "access_denied", "unsupported_response_type", "server_error", "temporarily_unavailable",
			// RFC 6750 section 3.1
			"invalid_token", "insufficient_scope",
			// RFC 8628 section 3.5
			"authorization_pending", "slow_down", "expired_token",
			// RFC 7009 section 2.2.1, RFC 7591 section 3.2.2, RFC 8707 section 2
			"unsupported_token_type", "invalid_redirect_uri", "invalid_client_metadata", "invalid_target",
			// RFC 9449 sections 5 and 8, RFC 9470 section 3
			"invalid_dpop_proof", "use_dpop_nonce", "insufficient_user_authentication",
			// OpenID Connect Core section 3.1.2.6
			"interaction_required", "login_required", "account_selection_required", "consent_required",
			"invalid_request_uri", "invalid_request_object", "request_not_supported", "request_uri_not_supported",
			"registration_not_supported")
		.collect(Collectors.toUnmodifiableMap(ErrorCodes::plain, Function.identity()));

	private ErrorCodes() {
	}

	/**
	 * Look for a code of the standards.
	 * @param text the text
	 * @return the code as the standards spell it, or {@code null} if it is none
	 */
	public static @Nullable String find(String text) {
		return STANDARD.get(plain(text));
	}

	/**
	 * Spell a code as the standards do.
	 * @param code the code
	 * @return the same, or the code as it is if it is none of theirs
	 */
	public static String standard(String code) {
		String standard = find(code);
		return (standard != null) ? standard : code;
	}

	/**
	 * Return a word without what its spellings differ in.
	 * @param text the word
	 * @return the same in lower case, without dashes and underscores
	 */
	public static String plain(String text) {
		return text.strip().toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
	}

}
