package io.flyteconnect.internal.endpoint;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.util.MultiValueMap;

/**
 * The secret parameters of one form: taken out of it before {@code RestClient} writes it
 * to its log at DEBUG, and put back right before it is sent.
 *
 * @since 0.1.0
 */
public final class SecretParameters implements ClientHttpRequestInterceptor {

	private static final Set<String> NAMES = Set.of(OAuth2ParameterNames.CLIENT_SECRET,
			OAuth2ParameterNames.REFRESH_TOKEN, OAuth2ParameterNames.CODE, OAuth2ParameterNames.DEVICE_CODE,
			PkceParameterNames.CODE_VERIFIER);

	private final StringBuilder taken = new StringBuilder();

	/**
	 * Take the secret parameters out of a form.
	 * @param form the form, which loses them
	 */
	public void takeFrom(MultiValueMap<String, String> form) {
		for (String name : NAMES) {
			List<String> values = form.remove(name);
			if (values != null) {
				values.forEach((value) -> this.taken.append('&')
					.append(name)
					.append('=')
					.append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
			}
		}
	}

	@Override
	public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
			throws IOException {
		byte[] more = this.taken.toString().getBytes(StandardCharsets.UTF_8);
		byte[] whole = Arrays.copyOf(body, body.length + more.length);
		System.arraycopy(more, 0, whole, body.length, more.length);
		request.getHeaders().setContentLength(whole.length);
		return execution.execute(request, whole);
	}

}
