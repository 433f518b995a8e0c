package io.flyteconnect.integration.connection.matrix;

import java.util.List;
import java.util.stream.Collectors;

import io.flyteconnect.test.identity.TokenRequest;

/**
 * The requests that an identity provider may get in the matrix, each in one line: the
 * path, who asks, and every field, those that are no secret with their value.
 */
final class RequestLine {

	static final String CLIENT_CREDENTIALS = "/oauth2/token by matrix-client (Basic): grant_type=client_credentials "
			+ "scope=[all offline]";

	static final String CLIENT_CREDENTIALS_WITH_AUDIENCE = "/oauth2/token by matrix-client (Basic): "
			+ "audience=the-matrix grant_type=client_credentials scope=[all offline]";

	static final String CLIENT_CREDENTIALS_WITH_SETTINGS = "/oauth2/token by matrix-client (Basic): "
			+ "audience=of-its-own grant_type=client_credentials scope=[all]";

	static final String AUTHORIZATION = "/oauth2/authorize by flytectl: audience=the-matrix client_id code_challenge "
			+ "code_challenge_method redirect_uri response_type scope=[all offline] state";

	/** The same, after the person has filled in the form. */
	static final String AUTHORIZATION_AFTER_FORM = "/oauth2/authorize by flytectl: audience=the-matrix client_id "
			+ "code_challenge code_challenge_method continue redirect_uri response_type scope=[all offline] state";

	static final String CODE = "/oauth2/token by flytectl: audience=the-matrix client_id code code_verifier "
			+ "grant_type=authorization_code redirect_uri";

	static final String DEVICE = "/oauth2/device_authorization by flytectl: audience=the-matrix client_id "
			+ "code_challenge code_challenge_method scope=[all offline]";

	static final String DEVICE_CODE = "/oauth2/token by flytectl: client_id code_verifier device_code "
			+ "grant_type=urn:ietf:params:oauth:grant-type:device_code";

	static final String REFRESH = "/oauth2/token by flytectl: audience=the-matrix client_id grant_type=refresh_token "
			+ "refresh_token";

	private RequestLine() {
	}

	static List<String> of(List<TokenRequest> requests) {
		return requests.stream().map(RequestLine::of).toList();
	}

	private static String of(TokenRequest request) {
		String scheme = (request.authorizationScheme() != null) ? " (" + request.authorizationScheme() + ")" : "";
		return request.parameterNames()
			.stream()
			.map((name) -> field(request, name))
			.collect(Collectors.joining(" ", request.path() + " by " + request.clientId() + scheme + ": ", ""));
	}

	private static String field(TokenRequest request, String name) {
		return switch (name) {
			case "audience" -> name + "=" + request.audience();
			case "grant_type" -> name + "=" + request.grantType();
			case "scope" -> name + "=[" + request.scope() + "]";
			default -> name;
		};
	}

}
