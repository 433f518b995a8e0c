package io.flyteconnect.integration.conformance.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.integration.conformance.ConformanceCase;
import io.flyteconnect.integration.conformance.platform.DeliberateDifferences;
import io.flyteconnect.integration.conformance.platform.PlatformView;
import io.flyteconnect.integration.conformance.platform.RawPlatform;
import io.flyteconnect.integration.conformance.platform.RawSettings;

/**
 * What a login needs to know of the settings of a case.
 *
 * @param mode the name of an {@link io.flyteconnect.config.AuthMode}, or {@code null}
 * where flytekit knows no such mode
 * @param clientId the client id
 * @param secret the client secret
 * @param scopes the scopes
 * @param audience the audience
 * @param command the command
 * @param proxyCommand the command for a proxy
 * @param httpProxy the URL of the proxy
 * @param raw what the case sets, for the keys that flytekit does not know
 * @param refused the property that the startup is refused for, {@code null} if it is not
 * @param rules the rules that the settings differ from flytekit's by
 */
public record WireSettings(@Nullable String mode, @Nullable String clientId, @Nullable String secret,
		List<String> scopes, @Nullable String audience, List<String> command, List<String> proxyCommand,
		@Nullable String httpProxy, RawSettings raw, @Nullable String refused, Set<String> rules) {

	/** As flytekit has them. */
	public static WireSettings ofFlytekit(ConformanceCase conformanceCase) {
		return of(flytekit(conformanceCase), raw(conformanceCase), null, Set.of());
	}

	/** As the rules make them of flytekit's. */
	public static WireSettings byTheRules(ConformanceCase conformanceCase) {
		try {
			RawSettings raw = raw(conformanceCase);
			Map<String, @Nullable Object> platform = flytekit(conformanceCase);
			Map<String, Object> expected = new LinkedHashMap<>();
			expected.put("platform", platform);
			if (platform.get("mode") != null) {
				expected.put("auth_type", platform.get("mode"));
			}
			DeliberateDifferences.Derived derived = DeliberateDifferences
				.derive(new ConformanceCase(conformanceCase.name(), conformanceCase.folder(),
						conformanceCase.description(), conformanceCase.variables(), expected, null));
			String refused = (String) derived.answer().get("error");
			if (refused != null) {
				return of(platform, raw, refused, derived.rules());
			}
			Map<String, @Nullable Object> ours = new LinkedHashMap<>(
					PlatformView.map(derived.answer().get("platform")));
			ours.put("mode", ours.get("auth_mode"));
			return derived.answer().containsKey("incomplete") ? incomplete(ours, raw)
					: of(ours, raw, null, derived.rules());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	// flytekit finds out when it is about to log in.
	private static WireSettings incomplete(Map<String, @Nullable Object> ours, RawSettings raw) {
		if ("EXTERNAL_COMMAND".equals(ours.get("mode"))) {
			return of(ours, raw, "flyte.credentials.command", Set.of("command"));
		}
		boolean secretMissing = ours.get("client_credentials_secret") == null;
		return of(ours, raw, secretMissing ? "flyte.credentials.client-secret" : "flyte.credentials.client-id",
				Set.of("strict-secret"));
	}

	private static WireSettings of(Map<String, @Nullable Object> platform, RawSettings raw, @Nullable String refused,
			Set<String> rules) {
		return new WireSettings(text(platform.get("mode")), text(platform.get("client_id")),
				text(platform.get("client_credentials_secret")), texts(platform.get("scopes")),
				text(platform.get("audience")), texts(platform.get("command")), texts(platform.get("proxy_command")),
				proxy(platform.get("http_proxy_url")), raw, refused, rules);
	}

	// flytekit's text, or the form of PlatformView.
	private static @Nullable String proxy(@Nullable Object value) {
		return (value != null) ? value.toString().replaceFirst("^([^|]+)\\|(\\d+)\\|.*", "http://$1:$2") : null;
	}

	private static @Nullable String text(@Nullable Object value) {
		return Objects.toString(value, null);
	}

	private static List<String> texts(@Nullable Object value) {
		return (value instanceof List<?> list) ? list.stream().map(String::valueOf).toList() : List.of();
	}

	private static Map<String, @Nullable Object> flytekit(ConformanceCase conformanceCase) {
		return RawPlatform.of(conformanceCase, raw(conformanceCase));
	}

	private static RawSettings raw(ConformanceCase conformanceCase) {
		try {
			return RawSettings.of(conformanceCase);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
