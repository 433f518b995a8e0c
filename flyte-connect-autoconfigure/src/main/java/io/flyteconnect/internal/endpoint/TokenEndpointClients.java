package io.flyteconnect.internal.endpoint;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.endpoint.OAuth2ClientCredentialsGrantRequest;
import org.springframework.security.oauth2.client.endpoint.OAuth2RefreshTokenGrantRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.util.StringUtils;
import org.springframework.web.client.RestClient;

import io.flyteconnect.internal.text.SettingNames;

/**
 * Spring Security's token clients, with the connection's trust, proxy and audience, and
 * with errors that say what happened.
 *
 * @since 0.1.0
 */
public final class TokenEndpointClients {

	/**
	 * The parameter that Auth0 and others want beside the scopes; also the name under
	 * which a registration's provider metadata hold its value.
	 */
	public static final String AUDIENCE = "audience";

	/**
	 * The name under which a registration's provider metadata hold the other way of
	 * sending the client secret, where that may be tried.
	 */
	public static final String OTHER_AUTHENTICATION = "other_client_authentication_method";

	private final ClientHttpRequestFactory http;

	private final ClientHttpRequestInterceptor proxyAuthorization;

	private final Clock clock;

	private final SettingNames names;

	private final AtomicInteger secondRequests = new AtomicInteger();

	private final AnswerNotices notices = new AnswerNotices();

	/**
	 * Create the clients of a connection.
	 * @param http makes the requests, with the connection's trust and proxy
	 * @param proxyAuthorization authorizes the requests at a proxy in front of the
	 * authorization server
	 * @param clock tells the time
	 * @param names names settings as the connection has them
	 */
	public TokenEndpointClients(ClientHttpRequestFactory http, ClientHttpRequestInterceptor proxyAuthorization,
			Clock clock, SettingNames names) {
		this.names = names;
		this.http = http;
		this.proxyAuthorization = proxyAuthorization;
		this.clock = clock;
	}

	/**
	 * Return the client of the client credentials grant (RFC 6749 section 4.4).
	 * @return the client
	 */
	public OAuth2AccessTokenResponseClient<OAuth2ClientCredentialsGrantRequest> clientCredentials() {
		return new ClientAuthenticationFallback(new TokenRequestClient<>(this, (grant) -> List.of()),
				this.secondRequests, this.names);
	}

	/**
	 * Return how many times the client secret was sent once more, in the other way.
	 * @return the number of such requests, answered or not
	 */
	public int secondRequests() {
		return this.secondRequests.get();
	}

	/**
	 * Return the client of the refresh token grant (RFC 6749 section 6).
	 * @return the client
	 */
	public OAuth2AccessTokenResponseClient<OAuth2RefreshTokenGrantRequest> refreshToken() {
		return new TokenRequestClient<>(this, (grant) -> List.of(grant.getRefreshToken().getTokenValue()));
	}

	/**
	 * Return the client that exchanges an authorization code (RFC 6749 section 4.1.3).
	 * @return the client
	 */
	public OAuth2AccessTokenResponseClient<OAuth2AuthorizationCodeGrantRequest> authorizationCode() {
		return new TokenRequestClient<>(this, TokenEndpointClients::secrets);
	}

	private static List<String> secrets(OAuth2AuthorizationCodeGrantRequest grant) {
		OAuth2AuthorizationExchange exchange = grant.getAuthorizationExchange();
		String code = exchange.getAuthorizationResponse().getCode();
		String verifier = exchange.getAuthorizationRequest().getAttribute(PkceParameterNames.CODE_VERIFIER);
		return Stream.of(code, verifier).filter(Objects::nonNull).toList();
	}

	/**
	 * Return what requests to the authorization server are made with.
	 * @param registration the registration, whose secret errors must not show
	 * @param secrets what else they must not show: a code, a refresh token
	 * @return the client, which reads token responses and other JSON objects
	 */
	public RestClient restClient(ClientRegistration registration, List<String> secrets) {
		List<String> hidden = new ArrayList<>(secrets);
		String secret = registration.getClientSecret();
		if (StringUtils.hasLength(secret)) {
			hidden.add(secret);
			hidden.addAll(BasicCredentials.forms(registration.getClientId(), secret));
		}
		return RestClient.builder()
			.requestFactory(this.http)
			.requestInterceptor(new TolerantContentType())
			.requestInterceptor(this.proxyAuthorization)
			.configureMessageConverters((converters) -> {
				converters.addCustomConverter(new FormHttpMessageConverter());
				converters.addCustomConverter(new TokenResponseReader(this.clock, hidden, this.notices));
				converters.addCustomConverter(new JsonObjectReader(hidden));
			})
			.defaultStatusHandler(new TokenErrorHandler(this.clock, hidden))
			.build();
	}

	/**
	 * Return the parameters that name the audience of a registration.
	 * @param registration the registration
	 * @return one parameter, or none if there is no audience
	 */
	public static MultiValueMap<String, String> audience(ClientRegistration registration) {
		MultiValueMap<String, String> parameters = new LinkedMultiValueMap<>();
		Object audience = registration.getProviderDetails().getConfigurationMetadata().get(AUDIENCE);
		if (audience != null) {
			parameters.add(AUDIENCE, audience.toString());
		}
		return parameters;
	}

}
