package io.flyteconnect.integration.conformance.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.integration.conformance.wire.ScriptedFlyte;
import io.flyteconnect.integration.conformance.wire.WireRule;
import io.flyteconnect.integration.conformance.wire.WireSettings;

/**
 * What a model of a client has around it.
 *
 * @param settings its settings
 * @param server its server
 * @param rules the rules that are in force
 * @param told what it tells a person
 */
record ModelWorld(WireSettings settings, ScriptedFlyte server, Set<WireRule> rules, List<String> told) {

	boolean is(WireRule rule) {
		return this.rules.contains(rule);
	}

	boolean isMode(String... modes) {
		return List.of(modes).contains(String.valueOf(this.settings.mode()));
	}

	boolean isPersonNeeded() {
		return isMode("PKCE", "DEVICE_FLOW");
	}

	/** The client that a person logs in with. */
	String publicClientId() {
		String own = this.settings.clientId();
		String id = (is(WireRule.CLIENT_ID) && own != null && !own.isEmpty()) ? own
				: this.server.client().getClientId();
		if (id.isBlank() && is(WireRule.CLIENT_ID)) {
			throw ModelFailure.permanent("CREDENTIALS");
		}
		return id;
	}

	/** A key of Flyte's Go client, {@code null} where it is not set or not heeded. */
	@Nullable String goKey(String name) {
		return is(WireRule.GO_KEYS) ? this.settings.raw().goText(name) : null;
	}

	/** Where tokens come from, blank where nobody says. */
	String tokenEndpoint() {
		return Objects.requireNonNullElse(goKey("tokenUrl"), this.server.metadata().getTokenEndpoint());
	}

	/**
	 * The name of the header that the token goes in, as it is configured or published.
	 */
	String header() {
		String own = ownHeader();
		String key = own.isEmpty() ? this.server.client().getAuthorizationMetadataKey() : own;
		return is(WireRule.HEADER_KEY) ? key.toLowerCase(Locale.ROOT) : key;
	}

	/** The name as it is configured, empty if it is not. */
	String ownHeader() {
		return Objects.requireNonNullElse(goKey("authorizationHeader"), "").toLowerCase(Locale.ROOT);
	}

	private static String token(String printed) {
		String token = printed.replaceFirst("^(['\"])(.*)\\1$", "$2").replaceFirst("(?i)^Bearer +", "");
		Matcher credential = Pattern.compile("\"token\"\\s*:\\s*\"([^\"]+)\"").matcher(printed);
		if (printed.startsWith("{") && printed.contains("\"ExecCredential\"") && credential.find()) {
			return credential.group(1);
		}
		if (!token.matches("[\\x21-\\x7e&&[^'\"]]+") || token.matches("[\\[{<].*|(?i)null|none|nil|undefined")) {
			throw ModelFailure.permanent("COMMAND");
		}
		return token;
	}

	/**
	 * Run a command of the case.
	 * @param command the command
	 * @return what it printed, without the white space around it
	 */
	String run(List<String> command) {
		try {
			Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
			process.getOutputStream().close();
			String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
			int code = process.waitFor();
			if (code == 126 || code == 127 || code == 0 && is(WireRule.COMMAND) && printed.isEmpty()) {
				throw ModelFailure.permanent("COMMAND");
			}
			if (code != 0) {
				throw ModelFailure.passing("COMMAND");
			}
			return is(WireRule.COMMAND) ? token(printed) : printed;
		}
		catch (IOException ex) {
			throw ModelFailure.permanent("COMMAND");
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new UncheckedIOException(new IOException(ex));
		}
	}

}
