package io.flyteconnect.oauth2;

import java.time.Clock;

import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2ClientCredentialsGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientClientCredentialsTokenResponseClient;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.RestClient;

import io.flyteconnect.config.CredentialSettings;

/**
 * Spring Security's token clients, with the connection's trust, proxy and audience, and
 * with errors that say what happened.
 */
final class TokenClients {

	/**
	 * The parameter that Auth0 and others want beside the scopes.
	 */
	static final String AUDIENCE = "audience";

	private TokenClients() {
	}

	static OAuth2AccessTokenResponseClient<OAuth2ClientCredentialsGrantRequest> clientCredentials(
			ClientHttpRequestFactory http, CredentialSettings credentials, ServerMetadataSource metadata, Clock clock) {
		RestClientClientCredentialsTokenResponseClient client = new RestClientClientCredentialsTokenResponseClient();
		client.addParametersConverter((grant) -> {
			MultiValueMap<String, String> parameters = new LinkedMultiValueMap<>();
			String audience = LoginSettings.of(credentials, metadata.get()).audience();
			if (audience != null) {
				parameters.add(AUDIENCE, audience);
			}
			return parameters;
		});
		// The secret of the request at hand, should the server send it back in an error.
		return (grant) -> {
			String secret = grant.getClientRegistration().getClientSecret();
			client.setRestClient(restClient(http, secret, clock));
			return client.getTokenResponse(grant);
		};
	}

	private static RestClient restClient(ClientHttpRequestFactory http, String secret, Clock clock) {
		return RestClient.builder().requestFactory(http).configureMessageConverters((converters) -> {
			converters.addCustomConverter(new FormHttpMessageConverter());
			converters.addCustomConverter(new TokenResponseReader(clock));
		}).defaultStatusHandler(new TokenErrorHandler(() -> secret)).build();
	}

}
