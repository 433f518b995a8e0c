package io.flyteconnect.oauth2.device;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.oauth2.endpoint.SafeText;
import io.flyteconnect.oauth2.person.PersonLoginException;

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

	static DeviceAuthorization of(Map<?, ?> answer, Duration defaultInterval, Duration longest) {
		Object complete = answer.get("verification_uri_complete");
		Object address = answer.get("verification_uri");
		// Written before the RFC was final, as some servers still do.
		address = (address != null) ? address : answer.get("verification_url");
		return new DeviceAuthorization(text(answer.get("device_code"), "device_code"),
				SafeText.of(text(answer.get("user_code"), "user_code")), uri(text(address, "verification_uri")),
				(complete != null) ? uri(complete.toString()) : null, seconds(answer.get("expires_in"), longest),
				seconds(answer.get("interval"), defaultInterval));
	}

	private static String text(@Nullable Object value, String name) {
		if (value == null || value.toString().isBlank()) {
			throw new PersonLoginException("invalid_device_response",
					"the device authorization endpoint sent no " + name, null);
		}
		return value.toString().strip();
	}

	private static URI uri(String text) {
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
				"the device authorization endpoint sent '" + SafeText.of(text) + "' as an address", null);
	}

	private static Duration seconds(@Nullable Object value, Duration absent) {
		try {
			double seconds = (value != null) ? Double.parseDouble(value.toString()) : -1;
			return (seconds > 0) ? Duration.ofMillis((long) (Math.min(seconds, 86400) * 1000)) : absent;
		}
		catch (NumberFormatException ex) {
			return absent;
		}
	}

	@Override
	public String toString() {
		return "DeviceAuthorization[userCode=" + this.userCode + ", verificationUri=" + this.verificationUri + "]";
	}

}
