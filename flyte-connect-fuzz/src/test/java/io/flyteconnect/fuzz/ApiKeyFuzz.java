package io.flyteconnect.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import io.flyteconnect.internal.config.credentials.ApiKey;
import io.flyteconnect.internal.config.text.EndpointParser;

/**
 * API keys.
 */
public final class ApiKeyFuzz {

	private ApiKeyFuzz() {
	}

	public static void fuzzerTestOneInput(byte[] data) {
		Input input = Input.of(data);
		String text = input.text();
		read(text, text);
		read(text, Base64.getEncoder().encodeToString(input.bytes()));
		read(text, base64("flyte.example:id:" + Attempt.SECRET + (input.is(0) ? ":org" : "")) + text);
		read(text, base64(text + ":" + Attempt.SECRET + ":org"));
	}

	private static String base64(String text) {
		return Base64.getEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}

	private static void read(String input, String text) {
		Attempt attempt = Attempt.on(input);
		ApiKey key = attempt.read(() -> ApiKey.parse(text), IllegalArgumentException.class);
		if (key != null) {
			attempt.hides(key.toString());
			Attempt.require(!key.clientId().isBlank() && !key.clientSecret().isBlank(), "It is empty");
			Attempt.require(key.equals(ApiKey.parse(key.text())), "It becomes another one");
			attempt.read(() -> EndpointParser.parse(key.endpoint(), false), IllegalArgumentException.class);
		}
	}

}
