package io.flyteconnect.internal.client;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.config.CredentialSettings;
import io.flyteconnect.internal.discovery.LoginSettings;
import io.flyteconnect.internal.discovery.ServerMetadata;

/**
 * Shows other tests what a login uses in the end, given what a server publishes.
 */
public final class LoginView {

	private LoginView() {
	}

	/**
	 * Work out a login.
	 * @param credentials the settings
	 * @param scopes the scopes that the server publishes
	 * @param audience the audience that it publishes
	 * @param header the metadata key that it publishes
	 * @return client id, scopes, audience, token endpoint and metadata key
	 */
	public static Map<String, @Nullable Object> of(CredentialSettings credentials, List<String> scopes,
			@Nullable String audience, @Nullable String header) {
		ServerMetadata published = new ServerMetadata("https://idp.example", "https://idp.example/authorize",
				"https://idp.example/token", "https://idp.example/device", List.of(), "flytectl",
				"http://localhost:53593/callback", scopes, header, audience);
		LoginSettings settings = LoginSettings.of(credentials, published);
		Map<String, @Nullable Object> view = new LinkedHashMap<>();
		view.put("client_id", settings.clientId());
		view.put("scopes", settings.scopes());
		view.put("audience", settings.audience());
		view.put("token_endpoint", settings.tokenEndpoint());
		view.put("device_auth_endpoint", published.deviceAuthorizationEndpoint());
		view.put("header_key", settings.authorizationHeader());
		return view;
	}

}
