package io.flyteconnect.internal.endpoint;

import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.springframework.core.convert.converter.Converter;
import org.springframework.http.HttpHeaders;
import org.springframework.security.oauth2.client.endpoint.AbstractOAuth2AuthorizationGrantRequest;
import org.springframework.security.oauth2.client.endpoint.DefaultOAuth2TokenRequestHeadersConverter;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;

/**
 * The headers of a token request. Client id and secret are form-encoded (RFC 6749 section
 * 2.3.1), but a blank goes as {@code %20}: some servers decode percent signs only, and
 * take {@code +} for itself.
 *
 * @param <G> the grant
 */
class BasicCredentials<G extends AbstractOAuth2AuthorizationGrantRequest> implements Converter<G, HttpHeaders> {

	private final DefaultOAuth2TokenRequestHeadersConverter<G> standard = new DefaultOAuth2TokenRequestHeadersConverter<>();

	@Override
	public HttpHeaders convert(G grant) {
		HttpHeaders standard = this.standard.convert(grant);
		HttpHeaders headers = (standard != null) ? standard : new HttpHeaders();
		ClientRegistration client = grant.getClientRegistration();
		if (ClientAuthenticationMethod.CLIENT_SECRET_BASIC.equals(client.getClientAuthenticationMethod())) {
			headers.setBasicAuth(of(client.getClientId(), client.getClientSecret()));
		}
		return headers;
	}

	/**
	 * The credentials as the header has them, without the word Basic.
	 */
	static String of(String clientId, String secret) {
		return HttpHeaders.encodeBasicAuth(encode(clientId), encode(secret), StandardCharsets.UTF_8);
	}

	/**
	 * The credentials in each form that an answer may quote, ours first: servers and
	 * proxies write a request down in their own way.
	 */
	static List<String> forms(String clientId, String secret) {
		Charset utf8 = StandardCharsets.UTF_8;
		return List.of(of(clientId, secret),
				HttpHeaders.encodeBasicAuth(URLEncoder.encode(clientId, utf8), URLEncoder.encode(secret, utf8), utf8),
				HttpHeaders.encodeBasicAuth(clientId, secret, utf8));
	}

	static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
	}

}
