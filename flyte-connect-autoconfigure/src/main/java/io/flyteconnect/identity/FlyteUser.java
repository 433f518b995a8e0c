package io.flyteconnect.identity;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import flyteidl.service.Identity.UserInfoResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

import io.flyteconnect.internal.identity.Claims;

/**
 * The user that Flyte knows the caller as: {@code flyteidl.service.UserInfoResponse}, the
 * claims of OpenID Connect Core section 5.1. Absent claims are {@code null}.
 *
 * @param subject the identifier, unique at the identity provider; empty if the server
 * does not say
 * @param name the full name, or {@code null}
 * @param preferredUsername the short name, or {@code null}
 * @param givenName the given names, or {@code null}
 * @param familyName the family names, or {@code null}
 * @param email the e-mail address, or {@code null}
 * @param picture the address of a picture, or {@code null}
 * @param additionalClaims all other claims; values are texts, {@code Double}s, booleans,
 * lists, maps and {@code null}
 * @since 0.1.0
 */
public record FlyteUser(String subject, @Nullable String name, @Nullable String preferredUsername,
		@Nullable String givenName, @Nullable String familyName, @Nullable String email, @Nullable String picture,
		Map<String, @Nullable Object> additionalClaims) {

	/**
	 * Create a user.
	 */
	public FlyteUser {
		additionalClaims = Collections.unmodifiableMap(new LinkedHashMap<>(additionalClaims));
	}

	/**
	 * Return the user for a message of the IDL.
	 * @param idl the message
	 * @return the user
	 */
	public static FlyteUser fromIdl(UserInfoResponse idl) {
		return new FlyteUser(idl.getSubject(), text(idl.getName()), text(idl.getPreferredUsername()),
				text(idl.getGivenName()), text(idl.getFamilyName()), text(idl.getEmail()), text(idl.getPicture()),
				Claims.of(idl.getAdditionalClaims()));
	}

	private static @Nullable String text(String text) {
		return StringUtils.hasText(text) ? text : null;
	}

}
