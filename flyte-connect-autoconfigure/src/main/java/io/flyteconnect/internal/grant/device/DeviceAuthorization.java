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
	 * @param defaultInterval the pause where the server names none
	 * @return what it says
	 * @throws PersonLoginException if something that is needed is missing or makes no
	 * sense
	 */
	static DeviceAuthorization of(Map<?, ?> answer, Duration defaultInterval) {
		Object complete = answer.get("verification_uri_complete");
		Object address = answer.get("verification_uri");
		// Written before the RFC was final, as some servers still do.
		address = (address != null) ? address : answer.get("verification_url");
		String deviceCode = text(answer.get("device_code"), "device_code");
		Object interval = answer.get("interval");
		return new DeviceAuthorization(deviceCode, SafeText.of(text(answer.get("user_code"), "user_code")),
				uri(text(address, "verification_uri"), deviceCode),
				(complete != null && !complete.toString().isBlank()) ? uri(complete.toString().strip(), deviceCode)
						: null,
				seconds(text(answer.get("expires_in"), "expires_in"), "expires_in", deviceCode),
				(interval != null && !isZero(interval)) ? seconds(interval, "interval", deviceCode) : defaultInterval);
	}

	/** Some servers send zero where they name none. */
	private static boolean isZero(Object value) {
		return value.toString().strip().matches("0+(\\.0*)?");
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

	private static Duration seconds(Object value, String name, String deviceCode) {
		try {
			Duration duration = Seconds.of(value);
			return (duration.compareTo(LONGEST) < 0) ? duration : LONGEST;
		}
		catch (NumberFormatException ex) {
			throw new PersonLoginException("invalid_device_response",
					"the device authorization endpoint sent '" + SafeText.of(value.toString(), List.of(deviceCode))
							+ "' as " + name + ", where a positive number of seconds is needed",
					null);
		}
	}

	@Override
	public String toString() {
		return "DeviceAuthorization[userCode=" + this.userCode + ", verificationUri=" + this.verificationUri + "]";
	}

}
