package io.flyteconnect.internal.endpoint;

import java.util.List;
import java.util.function.Function;

import org.springframework.core.convert.converter.Converter;
import org.springframework.http.HttpHeaders;
import org.springframework.security.oauth2.client.endpoint.AbstractOAuth2AuthorizationGrantRequest;
import org.springframework.security.oauth2.client.endpoint.DefaultOAuth2TokenRequestParametersConverter;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/**
 * Sends a grant to the token endpoint (RFC 6749 section 3.2). Spring Security's own
 * clients make an HTTP client of the JDK each, with a thread, before they take another
 * one.
 *
 * @param <G> the grant
 */
final class TokenRequestClient<G extends AbstractOAuth2AuthorizationGrantRequest>
		implements OAuth2AccessTokenResponseClient<G> {

	private static final String INVALID_RESPONSE = "invalid_token_response";

	private final Converter<G, HttpHeaders> headers = new BasicCredentials<>();

	private final Converter<G, MultiValueMap<String, String>> parameters = new DefaultOAuth2TokenRequestParametersConverter<>();

	private final TokenEndpointClients endpoint;

	private final Function<G, List<String>> secrets;

	/**
	 * Create a client.
	 * @param endpoint makes the requests
	 * @param secrets finds what else than the client secret no error may show of a grant
	 */
	TokenRequestClient(TokenEndpointClients endpoint, Function<G, List<String>> secrets) {
		this.endpoint = endpoint;
		this.secrets = secrets;
	}

	@Override
	public OAuth2AccessTokenResponse getTokenResponse(G grant) {
		ClientRegistration registration = grant.getClientRegistration();
		MultiValueMap<String, String> form = form(grant);
		// Requests are rare, and each hides the secrets of its own.
		SecretParameters hidden = new SecretParameters();
		hidden.takeFrom(form);
		RestClient client = this.endpoint.restClient(registration, this.secrets.apply(grant))
			.mutate()
			.requestInterceptor(hidden)
			.build();
		HttpHeaders own = this.headers.convert(grant);
		try {
			OAuth2AccessTokenResponse response = client.post()
				.uri(registration.getProviderDetails().getTokenUri())
				.headers((headers) -> headers.addAll((own != null) ? own : new HttpHeaders()))
				.body(form)
				.retrieve()
				.body(OAuth2AccessTokenResponse.class);
			if (response == null) {
				throw new OAuth2AuthorizationException(new OAuth2Error(INVALID_RESPONSE));
			}
			return response;
		}
		catch (RestClientException ex) {
			throw new OAuth2AuthorizationException(new OAuth2Error(INVALID_RESPONSE, ex.getMessage(), null), ex);
		}
	}

	private MultiValueMap<String, String> form(G grant) {
		MultiValueMap<String, String> form = new LinkedMultiValueMap<>();
		MultiValueMap<String, String> standard = this.parameters.convert(grant);
		if (standard != null) {
			form.addAll(standard);
		}
		form.addAll(TokenEndpointClients.audience(grant.getClientRegistration()));
		return form;
	}

}
