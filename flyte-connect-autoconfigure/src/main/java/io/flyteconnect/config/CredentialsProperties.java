package io.flyteconnect.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.NestedConfigurationProperty;

import io.flyteconnect.internal.config.text.Masked;

/**
 * How a connection logs in: the section {@code credentials} of
 * {@code flytekit/configuration/internal.py}, and what Flyte's Go client has beyond it
 * ({@code flyteidl/clients/go/admin/config.go}).
 *
 * @since 0.1.0
 */
public class CredentialsProperties {

	/**
	 * How to log in: "pkce" (the default; also "standard"), "client-credentials" (also
	 * "client-secret", "basic"; the default where a client secret is configured),
	 * "external-command" (also "external-process"), "device-flow", or "none".
	 */
	private @Nullable AuthMode authMode;

	/**
	 * Client id. Where not set, interactive modes use the one that the server publishes.
	 */
	private @Nullable String clientId;

	/**
	 * Client secret itself. Prefer a file or a variable, which can be rotated.
	 */
	private @Nullable String clientSecret;

	/**
	 * File that holds the client secret. Makes the mode client credentials.
	 */
	private @Nullable String clientSecretLocation;

	/**
	 * Name of the environment variable that holds the client secret. Makes the mode
	 * client credentials and wins over a file.
	 */
	private @Nullable String clientSecretEnvVar;

	/**
	 * How the client secret goes to the token endpoint: "client_secret_basic" or
	 * "client_secret_post". Where not set, as the server publishes or demands it.
	 */
	private @Nullable ClientAuthentication clientAuthenticationMethod;

	/**
	 * Command that prints a token. A list is taken word for word, a single text is split
	 * at commas where it has no blanks, and as a shell does otherwise.
	 */
	private List<String> command = new ArrayList<>();

	/**
	 * Command that prints the token for a proxy in front of Flyte, sent as
	 * "proxy-authorization". Split as "flyte.credentials.command" is.
	 */
	private List<String> proxyCommand = new ArrayList<>();

	/**
	 * OAuth2 scopes. Where not set, those that the server publishes.
	 */
	private List<String> scopes = new ArrayList<>();

	/**
	 * OAuth2 audience of the token.
	 */
	private @Nullable String audience;

	/**
	 * Token endpoint. Where not set, the one that the server publishes.
	 */
	private @Nullable String tokenUrl;

	/**
	 * Whether secret and refresh token may go to a token endpoint of another machine in
	 * plain HTTP although Flyte is called over TLS.
	 */
	private boolean allowInsecureTokenUrl;

	/**
	 * Issuer that the server has to publish. Endpoints on another host than its own are
	 * refused then.
	 */
	private @Nullable String issuer;

	/**
	 * Whether client credentials ask for the audience that the server publishes.
	 */
	private Boolean useAudienceFromAdmin = false;

	/**
	 * Metadata key of the token. Where not set, the one that the server publishes, else
	 * "authorization".
	 */
	private @Nullable String authorizationHeader;

	/**
	 * How long before its end a token is renewed; zero for a share of its life.
	 */
	private Duration tokenRefreshWindow = Duration.ZERO;

	/**
	 * How long a printed token is good for that does not say so itself; zero until the
	 * server refuses it.
	 */
	private Duration commandTtl = Duration.ZERO;

	/**
	 * How long a request to the authorization server may take.
	 */
	private Duration requestTimeout = Duration.ofSeconds(5);

	/**
	 * Whether a person may be asked to log in: "auto" (if one can be reached), "always",
	 * "never".
	 */
	private Interactive interactive = Interactive.AUTO;

	/**
	 * Whether the caller's own token, from gRPC's context or Spring Security's, takes the
	 * place of the service's.
	 */
	private boolean relay;

	/**
	 * Where the login is kept: "memory", "jdbc" (the application's database, shared by
	 * all replicas), "file" (for command line tools).
	 */
	private TokenStore store = TokenStore.MEMORY;

	/**
	 * What the tokens in database or file are encrypted with, 16 characters or more. A
	 * file has a key of its own beside it where this is not set; a database needs it, or
	 * a bean "flyteTextEncryptor".
	 */
	private @Nullable String storeKey;

	/**
	 * File that the login is kept in. Where not set, the file named like the connection
	 * in the folder .flyte-connect/tokens of the home.
	 */
	private @Nullable String storeFile;

	@NestedConfigurationProperty
	private final PkceProperties pkce = new PkceProperties();

	@NestedConfigurationProperty
	private final DeviceFlowProperties deviceFlow = new DeviceFlowProperties();

	public @Nullable AuthMode getAuthMode() {
		return this.authMode;
	}

	public void setAuthMode(@Nullable AuthMode authMode) {
		this.authMode = authMode;
	}

	public @Nullable String getClientId() {
		return this.clientId;
	}

	public void setClientId(@Nullable String clientId) {
		this.clientId = clientId;
	}

	public @Nullable String getClientSecret() {
		return this.clientSecret;
	}

	public void setClientSecret(@Nullable String clientSecret) {
		this.clientSecret = clientSecret;
	}

	public @Nullable String getClientSecretLocation() {
		return this.clientSecretLocation;
	}

	public void setClientSecretLocation(@Nullable String clientSecretLocation) {
		this.clientSecretLocation = clientSecretLocation;
	}

	public @Nullable String getClientSecretEnvVar() {
		return this.clientSecretEnvVar;
	}

	public void setClientSecretEnvVar(@Nullable String clientSecretEnvVar) {
		this.clientSecretEnvVar = clientSecretEnvVar;
	}

	public @Nullable ClientAuthentication getClientAuthenticationMethod() {
		return this.clientAuthenticationMethod;
	}

	public void setClientAuthenticationMethod(@Nullable ClientAuthentication clientAuthenticationMethod) {
		this.clientAuthenticationMethod = clientAuthenticationMethod;
	}

	public List<String> getCommand() {
		return this.command;
	}

	public void setCommand(List<String> command) {
		this.command = command;
	}

	public List<String> getProxyCommand() {
		return this.proxyCommand;
	}

	public void setProxyCommand(List<String> proxyCommand) {
		this.proxyCommand = proxyCommand;
	}

	public List<String> getScopes() {
		return this.scopes;
	}

	public void setScopes(List<String> scopes) {
		this.scopes = scopes;
	}

	public @Nullable String getAudience() {
		return this.audience;
	}

	public void setAudience(@Nullable String audience) {
		this.audience = audience;
	}

	public @Nullable String getTokenUrl() {
		return this.tokenUrl;
	}

	public void setTokenUrl(@Nullable String tokenUrl) {
		this.tokenUrl = tokenUrl;
	}

	public boolean isAllowInsecureTokenUrl() {
		return this.allowInsecureTokenUrl;
	}

	public void setAllowInsecureTokenUrl(boolean allowInsecureTokenUrl) {
		this.allowInsecureTokenUrl = allowInsecureTokenUrl;
	}

	public @Nullable String getIssuer() {
		return this.issuer;
	}

	public void setIssuer(@Nullable String issuer) {
		this.issuer = issuer;
	}

	public Boolean getUseAudienceFromAdmin() {
		return this.useAudienceFromAdmin;
	}

	public void setUseAudienceFromAdmin(@Nullable Boolean useAudienceFromAdmin) {
		this.useAudienceFromAdmin = Boolean.TRUE.equals(useAudienceFromAdmin);
	}

	public @Nullable String getAuthorizationHeader() {
		return this.authorizationHeader;
	}

	public void setAuthorizationHeader(@Nullable String authorizationHeader) {
		this.authorizationHeader = authorizationHeader;
	}

	public Duration getTokenRefreshWindow() {
		return this.tokenRefreshWindow;
	}

	public void setTokenRefreshWindow(Duration tokenRefreshWindow) {
		this.tokenRefreshWindow = tokenRefreshWindow;
	}

	public Duration getCommandTtl() {
		return this.commandTtl;
	}

	public void setCommandTtl(Duration commandTtl) {
		this.commandTtl = commandTtl;
	}

	public Duration getRequestTimeout() {
		return this.requestTimeout;
	}

	public void setRequestTimeout(Duration requestTimeout) {
		this.requestTimeout = requestTimeout;
	}

	public Interactive getInteractive() {
		return this.interactive;
	}

	public void setInteractive(Interactive interactive) {
		this.interactive = interactive;
	}

	public boolean isRelay() {
		return this.relay;
	}

	public void setRelay(boolean relay) {
		this.relay = relay;
	}

	public TokenStore getStore() {
		return this.store;
	}

	public void setStore(TokenStore store) {
		this.store = store;
	}

	public @Nullable String getStoreKey() {
		return this.storeKey;
	}

	public void setStoreKey(@Nullable String storeKey) {
		this.storeKey = storeKey;
	}

	public @Nullable String getStoreFile() {
		return this.storeFile;
	}

	public void setStoreFile(@Nullable String storeFile) {
		this.storeFile = storeFile;
	}

	public PkceProperties getPkce() {
		return this.pkce;
	}

	public DeviceFlowProperties getDeviceFlow() {
		return this.deviceFlow;
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
