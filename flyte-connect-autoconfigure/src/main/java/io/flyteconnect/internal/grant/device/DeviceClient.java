package io.flyteconnect.internal.grant.device;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.springframework.http.HttpHeaders;
import org.springframework.security.oauth2.client.endpoint.DefaultOAuth2TokenRequestHeadersConverter;
import org.springframework.security.oauth2.client.endpoint.DefaultOAuth2TokenRequestParametersConverter;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

import io.flyteconnect.internal.endpoint.SecretParameters;
import io.flyteconnect.internal.endpoint.TokenEndpointClients;
import io.flyteconnect.internal.endpoint.TokenRequestException;

/**
 * Makes the two requests of the device grant (RFC 8628 sections 3.1 and 3.4), which
 * Spring Security has no client for.
 */
class DeviceClient {

	/** The name under which a registration's provider metadata hold the endpoint. */
	static final String ENDPOINT = "device_authorization_endpoint";

	private final TokenEndpointClients clients;

	private final DefaultOAuth2TokenRequestHeadersConverter<DeviceGrantRequest> headers = new DefaultOAuth2TokenRequestHeadersConverter<>();

	private final DefaultOAuth2TokenRequestParametersConverter<DeviceGrantRequest> parameters = new DefaultOAuth2TokenRequestParametersConverter<>();

	DeviceClient(TokenEndpointClients clients) {
		this.clients = clients;
	}

	Map<?, ?> start(ClientRegistration registration, String codeChallenge) {
		MultiValueMap<String, String> form = new LinkedMultiValueMap<>();
		form.set(OAuth2ParameterNames.CLIENT_ID, registration.getClientId());
		if (!registration.getScopes().isEmpty()) {
			form.set(OAuth2ParameterNames.SCOPE, String.join(" ", registration.getScopes()));
		}
		form.addAll(TokenEndpointClients.audience(registration));
		// Servers that do not know these parameters ignore them (RFC 6749 section 3.2).
		form.set(PkceParameterNames.CODE_CHALLENGE, codeChallenge);
		form.set(PkceParameterNames.CODE_CHALLENGE_METHOD, "S256");
		String endpoint = String.valueOf(registration.getProviderDetails().getConfigurationMetadata().get(ENDPOINT));
		try {
			return send(registration, endpoint, form, Map.class);
		}
		catch (TokenRequestException ex) {
			throw ex.at(endpoint);
		}
	}

	OAuth2AccessTokenResponse poll(ClientRegistration registration, String deviceCode, String codeVerifier) {
		MultiValueMap<String, String> form = new LinkedMultiValueMap<>();
		MultiValueMap<String, String> standard = this.parameters.convert(new DeviceGrantRequest(registration));
		if (standard != null) {
			form.addAll(standard);
		}
		form.set(OAuth2ParameterNames.CLIENT_ID, registration.getClientId());
		form.set(OAuth2ParameterNames.DEVICE_CODE, deviceCode);
		form.set(PkceParameterNames.CODE_VERIFIER, codeVerifier);
		return send(registration, registration.getProviderDetails().getTokenUri(), form,
				OAuth2AccessTokenResponse.class);
	}

	private static List<String> secrets(MultiValueMap<String, String> form) {
		return Stream.of(OAuth2ParameterNames.DEVICE_CODE, PkceParameterNames.CODE_VERIFIER)
			.flatMap((name) -> form.getOrDefault(name, List.of()).stream())
			.toList();
	}

	private <T> T send(ClientRegistration registration, String endpoint, MultiValueMap<String, String> form,
			Class<T> type) {
		SecretParameters hidden = new SecretParameters();
		RestClient client = this.clients.restClient(registration, secrets(form))
			.mutate()
			.requestInterceptor(hidden)
			.build();
		hidden.takeFrom(form);
		HttpHeaders standard = this.headers.convert(new DeviceGrantRequest(registration));
		try {
			T answer = client.post().uri(endpoint).headers((headers) -> {
				if (standard != null) {
					headers.addAll(standard);
				}
			}).body(form).retrieve().body(type);
			if (answer == null) {
				throw new OAuth2AuthorizationException(
						new OAuth2Error(TokenRequestException.INVALID_RESPONSE, "the answer is empty", null));
			}
			return answer;
		}
		catch (RestClientException ex) {
			throw new OAuth2AuthorizationException(new OAuth2Error(TokenRequestException.INVALID_RESPONSE), ex);
		}
	}

}
