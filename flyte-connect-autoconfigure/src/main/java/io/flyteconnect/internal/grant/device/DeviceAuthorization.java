package io.flyteconnect.internal.grant.device;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.text.SafeText;
import io.flyteconnect.internal.token.Seconds;
import io.flyteconnect.login.PersonLoginException;

/**
 * The answer of a device authorization endpoint (RFC 8628 section 3.2).
 *
 * @param deviceCode what to poll with, a secret
 * @param userCode what the person types in
 * @param verificationUri where
 * @param verificationUriComplete the same with the code in it, or {@code null}
 * @param expiresIn how long both codes live
 * @param interval the pause between two polls
 */
record DeviceAuthorization(String deviceCode, String userCode, URI verificationUri,
		@Nullable URI verificationUriComplete, Duration expiresIn, Duration interval) {

	private static final Duration LONGEST = Duration.ofDays(1);

	/**
	 * Read an answer.
	 * @param answer the answer
	 * @param defaultLife how long the codes live where the server names no time that
	 * makes sense, which it must (RFC 8628 section 3.2)
	 * @param defaultInterval the pause where it names none that makes sense
	 * @return what it says
	 * @throws PersonLoginException if something that is needed is missing or makes no
	 * sense
	 */
	static DeviceAuthorization of(Map<?, ?> answer, Duration defaultLife, Duration defaultInterval) {
		Object complete = answer.get("verification_uri_complete");
		Object address = answer.get("verification_uri");
		// Written before the RFC was final, as some servers still do.
		address = (address != null) ? address : answer.get("verification_url");
		String deviceCode = text(answer.get("device_code"), "device_code");
		return new DeviceAuthorization(deviceCode, SafeText.of(text(answer.get("user_code"), "user_code")),
				uri(text(address, "verification_uri"), deviceCode),
				(complete != null && !complete.toString().isBlank()) ? uri(complete.toString().strip(), deviceCode)
						: null,
				seconds(answer.get("expires_in"), defaultLife), seconds(answer.get("interval"), defaultInterval));
	}

	private static String text(@Nullable Object value, String name) {
		if (value == null || value.toString().isBlank()) {
			throw new PersonLoginException("invalid_device_response",
					"the device authorization endpoint sent no " + name, null);
		}
		return value.toString().strip();
	}

	private static URI uri(String text, String deviceCode) {
		try {
			URI uri = URI.create(text);
			// A terminal makes a link of it.
			if (uri.getHost() != null && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
				return uri;
			}
		}
		catch (IllegalArgumentException ex) {
			// Said below.
		}
		throw new PersonLoginException("invalid_device_response",
				"the device authorization endpoint sent '" + SafeText.of(text, List.of(deviceCode)) + "' as an address",
				null);
	}

	/** Some servers send zero where they name none. */
	private static Duration seconds(@Nullable Object value, Duration otherwise) {
		try {
			Duration duration = (value != null) ? Seconds.of(value) : otherwise;
			return (duration.compareTo(LONGEST) < 0) ? duration : LONGEST;
		}
		catch (NumberFormatException ex) {
			return otherwise;
		}
	}

	@Override
	public String toString() {
		return "DeviceAuthorization[userCode=" + this.userCode + ", verificationUri=" + this.verificationUri + "]";
	}

}
