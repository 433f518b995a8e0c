package io.flyteconnect.internal.client;

import java.util.List;
import java.util.function.Consumer;

import io.grpc.Status;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;

import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.CredentialSettings;
import io.flyteconnect.config.FlyteApi;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.config.PlatformConfigBuilder;
import io.flyteconnect.internal.discovery.LoginSettings;
import io.flyteconnect.internal.discovery.ServerMetadata;
import io.flyteconnect.internal.discovery.ServerMetadataSource;
import io.flyteconnect.internal.grant.command.ExternalCommandAuthorizedClientProvider;
import io.flyteconnect.login.LoginException;
import io.flyteconnect.login.LoginStep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Which value wins, in {@link LoginSettings} and in the registration that is made of it.
 */
class LoginSettingsTests {

	private static final ServerMetadata PUBLISHED = new ServerMetadata("https://idp.example",
			"https://idp.example/authorize", "https://idp.example/token", "https://idp.example/device", List.of(),
			"flytectl", "http://localhost:53593/callback", List.of("srv"), "flyte-authorization", "srv-aud");

	private @Nullable TestLogin login;

	@AfterEach
	void stop() throws Exception {
		if (this.login != null) {
			this.login.close();
		}
	}

	@ParameterizedTest
	@CsvSource({ "PKCE,,flytectl", "DEVICE_FLOW,,flytectl", "PKCE,own,own", "DEVICE_FLOW,own,own" })
	void whenAPersonLogsInThenThePublishedClientIsUsedUnlessOneIsConfigured(AuthMode mode, @Nullable String configured,
			String used) {
		LoginSettings settings = LoginSettings.of(
				credentials(mode, (properties) -> properties.property("flyte.credentials.client-id", configured)),
				PUBLISHED);
		assertThat(settings).isEqualTo(new LoginSettings(mode, used, List.of("srv"), "srv-aud",
				"https://idp.example/token", "flyte-authorization"));
	}

	@Test
	void whenAServiceLogsInThenItsOwnClientIsUsed() {
		LoginSettings settings = LoginSettings.of(credentials(AuthMode.CLIENT_CREDENTIALS, (properties) -> {
		}), PUBLISHED);
		assertThat(settings).isEqualTo(new LoginSettings(AuthMode.CLIENT_CREDENTIALS, "id", List.of("srv"), null,
				"https://idp.example/token", "flyte-authorization"));
	}

	@Test
	void whenValuesAreConfiguredThenTheyWin() {
		LoginSettings settings = LoginSettings.of(credentials(AuthMode.PKCE, (properties) -> {
			properties.property("flyte.credentials.scopes", List.of("own"));
			properties.property("flyte.credentials.audience", "own-aud");
			properties.property("flyte.credentials.token-url", "https://own.example/token");
			properties.property("flyte.credentials.authorization-header", "x-own");
		}), PUBLISHED);
		assertThat(settings).isEqualTo(new LoginSettings(AuthMode.PKCE, "flytectl", List.of("own"), "own-aud",
				"https://own.example/token", "x-own"));
	}

	@Test
	void whenTheAudienceOfAdminIsWantedThenAServiceUsesIt() {
		assertThat(LoginSettings
			.of(credentials(AuthMode.CLIENT_CREDENTIALS,
					(properties) -> properties.property("flyte.credentials.use-audience-from-admin", true)), PUBLISHED)
			.audience()).isEqualTo("srv-aud");
	}

	@Test
	void whenNothingIsPublishedThenTheDefaultsRemain() {
		LoginSettings settings = LoginSettings.of(credentials(AuthMode.CLIENT_CREDENTIALS, (properties) -> {
		}), null);
		assertThat(settings)
			.isEqualTo(new LoginSettings(AuthMode.CLIENT_CREDENTIALS, "id", List.of(), null, null, "authorization"));
	}

	@Test
	void whenAPersonLogsInWithABrowserThenTheRegistrationHasNoSecret() {
		ClientRegistration registration = registration(AuthMode.PKCE);
		assertThat(registration.getAuthorizationGrantType()).isEqualTo(AuthorizationGrantType.AUTHORIZATION_CODE);
		assertThat(registration.getClientAuthenticationMethod()).isEqualTo(ClientAuthenticationMethod.NONE);
		assertThat(registration.getClientId()).isEqualTo("flytectl");
		assertThat(registration.getClientSecret()).isEmpty();
		assertThat(registration.getScopes()).containsExactly("all", "offline");
		assertThat(registration.getProviderDetails().getIssuerUri()).isEqualTo(login().issuer());
		assertThat(registration.getProviderDetails().getAuthorizationUri()).isEqualTo(login().issuer() + "/authorize");
		assertThat(registration.getRedirectUri()).endsWith("/callback");
	}

	@Test
	void whenAPersonLogsInOnADeviceThenTheRegistrationKnowsTheEndpoint() {
		ClientRegistration registration = registration(AuthMode.DEVICE_FLOW);
		assertThat(registration.getAuthorizationGrantType()).isEqualTo(AuthorizationGrantType.DEVICE_CODE);
		assertThat(registration.getClientAuthenticationMethod()).isEqualTo(ClientAuthenticationMethod.NONE);
		assertThat(registration.getProviderDetails().getConfigurationMetadata())
			.containsEntry("device_authorization_endpoint", login().issuer() + "/device");
	}

	@Test
	void whenACommandGivesTheTokenThenTheRegistrationNeedsNoEndpoint() {
		login().server.metadataFailure = Status.UNIMPLEMENTED;
		ClientRegistration registration = registration(AuthMode.EXTERNAL_COMMAND);
		assertThat(registration.getAuthorizationGrantType())
			.isEqualTo(ExternalCommandAuthorizedClientProvider.GRANT_TYPE);
	}

	@ParameterizedTest
	@EnumSource(value = AuthMode.class, names = { "PKCE", "DEVICE_FLOW" })
	void whenTheServerPublishesNoClientThenTheErrorSaysWhatToSet(AuthMode mode) {
		login().server.client = login().server.client.toBuilder().clearClientId().build();
		assertThatExceptionOfType(LoginException.class).isThrownBy(() -> registration(mode))
			.withMessageContaining("no client id is known")
			.withMessageContaining("flyte.credentials.client-id is not set")
			.satisfies((ex) -> assertThat(ex.getStep()).isEqualTo(LoginStep.CREDENTIALS));
	}

	@Test
	void whenTheServerPublishesNoAuthorizationEndpointThenTheErrorSaysSo() {
		login().server.metadata = login().server.metadata.toBuilder().clearAuthorizationEndpoint().build();
		assertThatExceptionOfType(LoginException.class).isThrownBy(() -> registration(AuthMode.PKCE))
			.withMessageContaining("publishes no authorization endpoint");
	}

	@Test
	void whenTheServerPublishesNoTokenEndpointThenTheErrorSaysWhatToSet() {
		login().server.metadata = login().server.metadata.toBuilder().clearTokenEndpoint().build();
		assertThatExceptionOfType(LoginException.class).isThrownBy(() -> registration(AuthMode.CLIENT_CREDENTIALS))
			.withMessageContaining("flyte.credentials.token-url is not set");
	}

	private TestLogin login() {
		if (this.login == null) {
			this.login = new TestLogin();
		}
		return this.login;
	}

	private ClientRegistration registration(AuthMode mode) {
		TestLogin login = login();
		login.connect(AuthMode.NONE, (credentials) -> {
		});
		ServerMetadata published = new ServerMetadataSource("flyte", FlyteApi.V1, login::channel, login.clock()).get();
		PlatformConfig config = config(mode, (properties) -> {
		});
		return new GrantClients("flyte", config).create(LoginSettings.of(config.credentials(), published), published)
			.registration();
	}

	private static CredentialSettings credentials(AuthMode mode, Consumer<PlatformConfigBuilder> customizer) {
		return config(mode, customizer).credentials();
	}

	private static PlatformConfig config(AuthMode mode, Consumer<PlatformConfigBuilder> customizer) {
		return PlatformConfig.builder().insecure(true).authMode(mode).apply((properties) -> {
			if (mode == AuthMode.CLIENT_CREDENTIALS) {
				properties.property("flyte.credentials.client-id", "id");
				properties.property("flyte.credentials.client-secret", "s3cret");
			}
			if (mode == AuthMode.EXTERNAL_COMMAND) {
				properties.property("flyte.credentials.command", List.of("true"));
			}
			customizer.accept(properties);
		}).build();
	}

}
