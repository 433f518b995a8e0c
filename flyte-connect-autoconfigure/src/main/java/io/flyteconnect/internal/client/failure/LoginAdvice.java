package io.flyteconnect.internal.client.failure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;

import io.flyteconnect.config.AuthMode;
import io.flyteconnect.internal.call.authorization.RejectionAdvice;
import io.flyteconnect.internal.discovery.ServerMetadataSource;
import io.flyteconnect.internal.endpoint.TokenRequestException;
import io.flyteconnect.login.LoginException;
import io.flyteconnect.login.LoginStep;
import io.flyteconnect.login.PersonLoginException;

/**
 * What a person may change after a refusal: the settings that it may be about, each with
 * its present value and where that comes from.
 */
public class LoginAdvice implements RejectionAdvice {

	/** Answers of what is no authorization server, or of one that is behind something. */
	private static final Set<Integer> OF_A_PROXY = Set.of(302, 303, 307, 401, 403);

	private static final Set<Integer> NOT_THERE = Set.of(404, 405);

	private static final Pattern SECRET = Pattern.compile("client[_ -]?secret", Pattern.CASE_INSENSITIVE);

	private final LoginValues values;

	private final ServerMetadataSource metadata;

	/**
	 * Create the advice of a connection.
	 * @param values what is configured
	 * @param metadata knows what Flyte publishes
	 */
	public LoginAdvice(LoginValues values, ServerMetadataSource metadata) {
		this.values = values;
		this.metadata = metadata;
	}

	@Override
	public LoginException on(LoginException failure) {
		return failure.advised(check(settings(failure)));
	}

	private List<Function<LoginValues, String>> settings(LoginException failure) {
		return switch (failure.getStep()) {
			case TOKEN_REQUEST, INTERACTION -> ofAnswer(failure);
			case DISCOVERY -> ofDiscovery(failure);
			// A proxy's command, which any mode may need, has said so itself.
			case COMMAND -> isCommand() ? ofToken() : List.of();
			case REFUSED -> ofToken();
			default -> List.of();
		};
	}

	private List<Function<LoginValues, String>> ofDiscovery(LoginException failure) {
		return (failure.isPermanent() && !this.values.credentials().proxyCommand().isEmpty())
				? List.of(LoginValues::proxyCommand) : List.of();
	}

	private List<Function<LoginValues, String>> ofToken() {
		return isCommand() ? List.of(LoginValues::command) : List.of(LoginValues::scopes, LoginValues::wantedAudience);
	}

	private boolean isCommand() {
		return this.values.isMode(AuthMode.EXTERNAL_COMMAND);
	}

	private List<Function<LoginValues, String>> ofAnswer(LoginException failure) {
		String code = failure.getErrorCode();
		Integer status = failure.getHttpStatus();
		if (code == null || !failure.isPermanent() || isDenied(failure)) {
			return List.of();
		}
		if (isSecretWanted(failure)) {
			return List.of(LoginValues::publicClient, LoginValues::mode);
		}
		if (!TokenRequestException.INVALID_RESPONSE.equals(code)) {
			List<Function<LoginValues, String>> known = OfErrors.SETTINGS.get(code.toLowerCase(Locale.ROOT));
			if (known != null) {
				return known;
			}
			if (status != null && status == 401) {
				return OfErrors.SETTINGS.getOrDefault(OAuth2ErrorCodes.INVALID_CLIENT, List.of());
			}
			// With words of its own it may still be another path.
			return (status != null && NOT_THERE.contains(status)) ? List.of(LoginValues::tokenEndpoint) : List.of();
		}
		List<Function<LoginValues, String>> settings = new ArrayList<>(List.of(LoginValues::tokenEndpoint));
		if (status != null && OF_A_PROXY.contains(status)) {
			settings.add(LoginValues::proxyCommand);
		}
		if (status != null && status == 401) {
			settings.add(LoginValues::clientId);
			settings.add(LoginValues::secret);
		}
		return settings;
	}

	@Override
	public LoginException onNoMetadata(LoginException failure) {
		return failure.advised(check(List.of(LoginValues::mode, LoginValues::tokenEndpoint)));
	}

	@Override
	public String onToken() {
		return check(ofToken());
	}

	@Override
	public @Nullable String onMissing() {
		return (this.values.isMode(AuthMode.NONE) && !this.values.credentials().relay())
				? "No token was sent, and the server wants one. Check the " + this.values.mode() : null;
	}

	// Of a client that is registered as a confidential one, as Google's web clients are.
	private boolean isSecretWanted(LoginException failure) {
		return (this.values.isMode(AuthMode.PKCE) || this.values.isMode(AuthMode.DEVICE_FLOW))
				&& SECRET.matcher(String.valueOf(failure.getMessage())).find();
	}

	// By a person, who had a reason.
	private static boolean isDenied(LoginException failure) {
		return failure.getStep() == LoginStep.INTERACTION && "access_denied".equals(failure.getErrorCode());
	}

	private String check(List<Function<LoginValues, String>> settings) {
		LoginValues present = this.values.with(this.metadata.known());
		String text = settings.stream()
			.map((setting) -> setting.apply(present))
			.filter((setting) -> !setting.isEmpty())
			.collect(Collectors.joining("; "));
		return text.isEmpty() ? "" : "Check the " + text;
	}

	/**
	 * What errors are about. A class of its own, as the first error needs it and no start
	 * of an application.
	 */
	private static final class OfErrors {

		/**
		 * Of errors that are about one of the settings (RFC 6749, RFC 8707, OpenID
		 * Connect).
		 */
		static final Map<String, List<Function<LoginValues, String>>> SETTINGS = Map.ofEntries(
				Map.entry(OAuth2ErrorCodes.INVALID_SCOPE, List.of(LoginValues::scopes)),
				Map.entry("invalid_target", List.of(LoginValues::audience, LoginValues::scopes)),
				Map.entry(OAuth2ErrorCodes.INVALID_CLIENT,
						List.of(LoginValues::clientId, LoginValues::secret, LoginValues::authentication)),
				Map.entry(OAuth2ErrorCodes.UNAUTHORIZED_CLIENT,
						List.of(LoginValues::clientId, LoginValues::secret, LoginValues::mode)),
				Map.entry(OAuth2ErrorCodes.UNSUPPORTED_GRANT_TYPE,
						List.of(LoginValues::mode, LoginValues::tokenEndpoint)),
				Map.entry(OAuth2ErrorCodes.UNSUPPORTED_RESPONSE_TYPE, List.of(LoginValues::mode)),
				Map.entry(OAuth2ErrorCodes.INVALID_REQUEST,
						List.of(LoginValues::audience, LoginValues::scopes, LoginValues::redirectUri)),
				Map.entry(OAuth2ErrorCodes.INVALID_GRANT, List.of(LoginValues::clientId, LoginValues::redirectUri)),
				Map.entry("access_denied",
						List.of(LoginValues::clientId, LoginValues::wantedAudience, LoginValues::scopes)),
				Map.entry("redirect_uri_mismatch", List.of(LoginValues::redirectUri, LoginValues::clientId)),
				Map.entry("invalid_redirect_uri", List.of(LoginValues::redirectUri, LoginValues::clientId)),
				Map.entry(PersonLoginException.LOGIN_TIMEOUT,
						List.of(LoginValues::clientId, LoginValues::redirectUri, LoginValues::scopes)),
				Map.entry("consent_required", List.of(LoginValues::prompt)),
				Map.entry("login_required", List.of(LoginValues::prompt)),
				Map.entry("interaction_required", List.of(LoginValues::prompt)));

	}

}
