package io.flyteconnect.internal.grant.pkce;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.keygen.Base64StringKeyGenerator;
import org.springframework.security.crypto.keygen.StringKeyGenerator;
import org.springframework.security.oauth2.client.OAuth2AuthorizationContext;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.util.Assert;
import org.springframework.util.MultiValueMap;

import io.flyteconnect.config.CredentialSettings.PkceSettings;
import io.flyteconnect.internal.endpoint.TokenEndpointClients;
import io.flyteconnect.internal.grant.interaction.Person;
import io.flyteconnect.internal.text.SafeText;
import io.flyteconnect.internal.text.SettingNames;
import io.flyteconnect.internal.token.ErrorCodes;
import io.flyteconnect.login.FlyteBrowserLoginEvent;
import io.flyteconnect.login.PersonLoginException;

/**
 * Lets a person log in with a browser on this machine: authorization code with PKCE (RFC
 * 7636), the browser coming back to the loopback interface (RFC 8252).
 *
 * @since 0.1.0
 */
public final class PkceAuthorizedClientProvider implements OAuth2AuthorizedClientProvider {

	private static final StringKeyGenerator RANDOM = new Base64StringKeyGenerator(
			Base64.getUrlEncoder().withoutPadding());

	private final String connection;

	private final Person person;

	private final PkceSettings settings;

	private final TokenEndpointClients clients;

	private final Clock clock;

	private final RefreshTokenNotice refresh;

	/**
	 * Create a provider.
	 * @param connection the name of the connection
	 * @param names names settings as the connection has them
	 * @param person who logs in
	 * @param settings how
	 * @param clients exchanges the code
	 * @param clock tells the time
	 */
	public PkceAuthorizedClientProvider(String connection, SettingNames names, Person person, PkceSettings settings,
			TokenEndpointClients clients, Clock clock) {
		this.refresh = new RefreshTokenNotice(names);
		this.connection = connection;
		this.person = person;
		this.settings = settings;
		this.clients = clients;
		this.clock = clock;
	}

	@Override
	public @Nullable OAuth2AuthorizedClient authorize(OAuth2AuthorizationContext context) {
		ClientRegistration registration = context.getClientRegistration();
		if (!AuthorizationGrantType.AUTHORIZATION_CODE.equals(registration.getAuthorizationGrantType())) {
			return null;
		}
		this.person.require("pkce");
		OAuth2AccessTokenResponse tokens = login(registration);
		return new OAuth2AuthorizedClient(registration, context.getPrincipal().getName(), tokens.getAccessToken(),
				tokens.getRefreshToken());
	}

	private OAuth2AccessTokenResponse login(ClientRegistration registration) {
		URI published = uri(registration.getRedirectUri(), "redirect URI");
		requireWebPage(uri(registration.getProviderDetails().getAuthorizationUri(), "authorization endpoint"));
		String state = RANDOM.generateKey();
		try (CallbackServer server = new LoopbackRedirect(this.settings.anyPort())
			.open((uri) -> new CallbackServer(this.connection, uri, state), published)) {
			OAuth2AuthorizationRequest request = request(registration, server.redirectUri(), state);
			URI link = URI.create(request.getAuthorizationRequestUri());
			this.person.tell(
					"Flyte connection '" + this.connection + "': log in within " + this.settings.timeout().toSeconds()
							+ " s at " + link,
					new FlyteBrowserLoginEvent(this.connection, link,
							this.clock.instant().plus(this.settings.timeout())));
			if (this.settings.openBrowser()) {
				Browser.open(link);
			}
			MultiValueMap<String, String> callback = await(server, request, this.settings.timeout());
			try {
				OAuth2AccessTokenResponse tokens = exchange(registration, request, callback);
				AnswerOfLogin.checkNonce(request, tokens);
				server.finish(CallbackPage.success());
				this.refresh.notice(registration, tokens);
				return tokens;
			}
			catch (OAuth2AuthorizationException ex) {
				server.finish(CallbackPage.failure(String.valueOf(ex.getMessage())));
				throw ex;
			}
			catch (RuntimeException ex) {
				server.finish(CallbackPage.failure("The log of the application says why."));
				throw ex;
			}
		}
	}

	private static URI uri(@Nullable String text, String name) {
		try {
			return URI.create(String.valueOf(text));
		}
		catch (IllegalArgumentException ex) {
			throw new PersonLoginException("unusable_address",
					"the " + name + " '" + SafeText.of(text) + "' that the server publishes is no address", null);
		}
	}

	/**
	 * What is handed to the desktop to be opened must be nothing but a page.
	 */
	private static void requireWebPage(URI endpoint) {
		if (endpoint.getHost() == null || endpoint.getPort() > 65535
				|| !"https".equalsIgnoreCase(endpoint.getScheme()) && !"http".equalsIgnoreCase(endpoint.getScheme())) {
			throw new PersonLoginException("unusable_address", "the authorization endpoint '"
					+ SafeText.of(endpoint.toString()) + "' that the server publishes is no address of a web page",
					null);
		}
	}

	private OAuth2AuthorizationRequest request(ClientRegistration registration, URI redirectUri, String state) {
		OAuth2AuthorizationRequest.Builder request = OAuth2AuthorizationRequest.authorizationCode()
			.clientId(registration.getClientId())
			.authorizationUri(required(registration.getProviderDetails().getAuthorizationUri()))
			.redirectUri(redirectUri.toString())
			.scopes(registration.getScopes())
			.state(state)
			.additionalParameters((parameters) -> {
				// Without this scope it is a mistake to send one, which some servers
				// refuse.
				if (registration.getScopes().contains(OidcScopes.OPENID)) {
					parameters.put(OidcParameterNames.NONCE, RANDOM.generateKey());
				}
				if (this.settings.prompt() != null) {
					parameters.put("prompt", this.settings.prompt());
				}
				TokenEndpointClients.audience(registration)
					.forEach((name, values) -> parameters.put(name, values.get(0)));
			});
		OAuth2AuthorizationRequestCustomizers.withPkce().accept(request);
		return request.build();
	}

	private static String required(@Nullable String value) {
		Assert.state(value != null, "A login with a browser needs this value");
		return value;
	}

	private static MultiValueMap<String, String> await(CallbackServer server, OAuth2AuthorizationRequest request,
			Duration timeout) {
		try {
			return server.await(timeout);
		}
		catch (TimeoutException ex) {
			throw new PersonLoginException(PersonLoginException.LOGIN_TIMEOUT, "nobody logged in within "
					+ BigDecimal.valueOf(timeout.toMillis(), 3).stripTrailingZeros().toPlainString()
					+ " s (flyte.credentials.pkce.timeout). If the browser's page shows an error,"
					+ " the authorization server refused the request and does not send anybody back: it was asked with"
					+ " the client id '" + SafeText.of(request.getClientId()) + "', the redirect URI "
					+ SafeText.of(request.getRedirectUri()) + " and the scopes '"
					+ SafeText.of(String.join(" ", request.getScopes())) + "'", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new PersonLoginException("login_interrupted", "the login was interrupted", ex);
		}
	}

	private OAuth2AccessTokenResponse exchange(ClientRegistration registration, OAuth2AuthorizationRequest request,
			MultiValueMap<String, String> callback) {
		String code = callback.getFirst("code");
		List<String> secrets = (code != null) ? List.of(code) : List.of();
		AnswerOfLogin.checkIssuer(registration, callback.getFirst("iss"), secrets);
		if (callback.getFirst("error") != null) {
			String error = SafeText.of(ErrorCodes.standard(String.valueOf(callback.getFirst("error"))), secrets);
			String description = SafeText.of(callback.getFirst("error_description"), secrets);
			throw new PersonLoginException(error,
					"the authorization server answered " + error + (description.isEmpty() ? "" : ": " + description),
					null);
		}
		if (code == null || code.isEmpty()) {
			throw new PersonLoginException("no_code", "the authorization server sent neither a code nor an error",
					null);
		}
		OAuth2AuthorizationResponse response = OAuth2AuthorizationResponse.success(code)
			.redirectUri(required(request.getRedirectUri()))
			.state(required(request.getState()))
			.build();
		return this.clients.authorizationCode()
			.getTokenResponse(new OAuth2AuthorizationCodeGrantRequest(registration,
					new OAuth2AuthorizationExchange(request, response)));
	}

}
