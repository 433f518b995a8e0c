package io.flyteconnect.internal.config.credentials;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.ClientAuthentication;
import io.flyteconnect.config.CredentialSettings.DeviceFlowSettings;
import io.flyteconnect.config.CredentialSettings.PkceSettings;
import io.flyteconnect.config.Interactive;
import io.flyteconnect.config.TokenStore;
import io.flyteconnect.internal.config.text.Masked;
import io.flyteconnect.internal.config.text.SettingCheck;

/**
 * How a connection logs in, as it is written: the section {@code credentials} of
 * {@code flytekit/configuration/internal.py}, and what Flyte's Go client has beyond it
 * ({@code flyteidl/clients/go/admin/config.go}).
 *
 * @param authMode How to log in: "pkce" (the default; also "standard"),
 * "client-credentials" (also "client-secret", "basic"; the default where a client secret
 * is configured), "external-command" (also "external-process"), "device-flow", or "none".
 * @param clientId Client id. Where not set, interactive modes use the one that the server
 * publishes.
 * @param clientSecret Client secret itself. Prefer a file or a variable, which can be
 * rotated.
 * @param clientSecretLocation File that holds the client secret. Makes the mode client
 * credentials.
 * @param clientSecretEnvVar Name of the environment variable that holds the client
 * secret. Makes the mode client credentials and wins over a file.
 * @param clientAuthenticationMethod How the client secret goes to the token endpoint:
 * "client_secret_basic" or "client_secret_post". Where not set, as the server publishes
 * or demands it.
 * @param command Command that prints a token. A list is taken word for word, a single
 * text is split at commas where it has no blanks, and as a shell does otherwise.
 * @param proxyCommand Command that prints the token for a proxy in front of Flyte, sent
 * as "proxy-authorization". Split as "flyte.credentials.command" is.
 * @param scopes OAuth2 scopes. Where not set, those that the server publishes.
 * @param audience OAuth2 audience of the token.
 * @param tokenUrl Token endpoint. Where not set, the one that the server publishes.
 * @param allowInsecureTokenUrl Whether secret and refresh token may go to a token
 * endpoint of another machine in plain HTTP although Flyte is called over TLS.
 * @param issuer Issuer that the server has to publish. Endpoints on another host than its
 * own are refused then.
 * @param useAudienceFromAdmin Whether client credentials ask for the audience that the
 * server publishes.
 * @param authorizationHeader Metadata key of the token. Where not set, the one that the
 * server publishes, else "authorization".
 * @param tokenRefreshWindow How long before its end a token is renewed; zero for a share
 * of its life.
 * @param commandTtl How long a printed token is good for that does not say so itself;
 * zero until the server refuses it.
 * @param requestTimeout How long a request to the authorization server may take.
 * @param interactive Whether a person may be asked to log in: "auto" (if one can be
 * reached), "always", "never".
 * @param relay Whether the caller's own token, from gRPC's context or Spring Security's,
 * takes the place of the service's.
 * @param store Where the login is kept: "memory", "jdbc" (the application's database,
 * shared by all replicas), "file" (for command line tools).
 * @param storeKey What the tokens in database or file are encrypted with, 16 characters
 * or more. A file has a key of its own beside it where this is not set; a database needs
 * it, or a bean "flyteTextEncryptor".
 * @param storeFile File that the login is kept in. Where not set, the file named like the
 * connection in the folder .flyte-connect/tokens of the home.
 * @param pkce How a person logs in with a browser.
 * @param deviceFlow How a person logs in on another device.
 */
public record CredentialsProperties(@Nullable AuthMode authMode, @Nullable String clientId,
		@Nullable String clientSecret, @Nullable String clientSecretLocation, @Nullable String clientSecretEnvVar,
		@Nullable ClientAuthentication clientAuthenticationMethod, @DefaultValue List<String> command,
		@DefaultValue List<String> proxyCommand, @DefaultValue List<String> scopes, @Nullable String audience,
		@Nullable String tokenUrl, @DefaultValue("false") boolean allowInsecureTokenUrl, @Nullable String issuer,
		@DefaultValue("false") Boolean useAudienceFromAdmin, @Nullable String authorizationHeader,
		@DefaultValue("0s") Duration tokenRefreshWindow, @DefaultValue("0s") Duration commandTtl,
		@DefaultValue("5s") Duration requestTimeout, @DefaultValue("auto") Interactive interactive,
		@DefaultValue("false") boolean relay, @DefaultValue("memory") TokenStore store, @Nullable String storeKey,
		@Nullable String storeFile, @NestedConfigurationProperty @DefaultValue PkceSettings pkce,
		@NestedConfigurationProperty @DefaultValue DeviceFlowSettings deviceFlow) {

	public CredentialsProperties {
		SettingCheck.notNegative("tokenRefreshWindow", tokenRefreshWindow);
		SettingCheck.notNegative("commandTtl", commandTtl);
		SettingCheck.atLeastOneMillisecond("requestTimeout", requestTimeout);
	}

	@Override
	public String toString() {
		return "CredentialsProperties[authMode=" + this.authMode + ", clientId=" + this.clientId + ", clientSecret="
				+ Masked.text(this.clientSecret) + ", clientSecretLocation=" + this.clientSecretLocation
				+ ", clientSecretEnvVar=" + this.clientSecretEnvVar + ", command=" + Masked.command(this.command)
				+ ", proxyCommand=" + Masked.command(this.proxyCommand) + ", scopes=" + this.scopes + ", audience="
				+ this.audience + ", tokenUrl=" + this.tokenUrl + ", useAudienceFromAdmin=" + this.useAudienceFromAdmin
				+ ", authorizationHeader=" + this.authorizationHeader + ", tokenRefreshWindow="
				+ this.tokenRefreshWindow + ", pkce=" + this.pkce + ", deviceFlow=" + this.deviceFlow + ", store="
				+ this.store + ", storeKey=" + Masked.text(this.storeKey) + ", storeFile=" + this.storeFile + "]";
	}

}
