package io.flyteconnect.integration.conformance.platform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;

import io.flyteconnect.integration.conformance.ConformanceCase;

/**
 * The client secret that a case places in a file or in a variable.
 *
 * @param isPlaced whether there is to be one
 * @param isVariable whether a variable holds it, which beats a file
 * @param text the secret, empty where there is none
 */
record PlacedSecret(boolean isPlaced, boolean isVariable, String text) {

	static PlacedSecret of(ConformanceCase conformanceCase, RawSettings raw) {
		String variable = raw.text("credentials.client_secret_env_var").strip();
		if (!variable.isEmpty()) {
			return new PlacedSecret(true, true, trimmed(raw.variable(variable)));
		}
		String location = raw.text("credentials.client_secret_location");
		return new PlacedSecret(!location.isBlank(), false,
				location.isBlank() ? "" : trimmed(content(conformanceCase, location)));
	}

	private static String content(ConformanceCase conformanceCase, String location) {
		try {
			return Files.readString(conformanceCase.folder().resolve("cwd").resolve(location), StandardCharsets.UTF_8);
		}
		catch (IOException | InvalidPathException ex) {
			return "";
		}
	}

	private static String trimmed(String text) {
		return text.replaceFirst("^\uFEFF", "").replaceFirst("[\r\n]+$", "");
	}

	String property() {
		return this.isVariable ? "flyte.credentials.client-secret-env-var" : "flyte.credentials.client-secret-location";
	}

}
