package io.flyteconnect.test.identity;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;

/**
 * A real OAuth2 authorization server (Spring Authorization Server) on a free loopback
 * port, with an application context and web server of its own that reads no configuration
 * file.
 * <p>
 * It knows client credentials, authorization code with PKCE, refresh tokens and the
 * device flow for the public client {@code flytectl}, and signs JWT access tokens. How
 * long tokens live, and how it misbehaves, can be changed at any time.
 *
 * @since 0.1.0
 */
public final class FlyteTestIdentityProvider implements AutoCloseable {

	private final IdentityProviderApplication application;

	private final ProviderSettings settings;

	private FlyteTestIdentityProvider(FlyteTestIdentityProviderBuilder builder) {
		this.settings = builder.settings();
		this.application = builder.launch(this.settings);
	}

	/**
	 * Start with no client but the public one, {@code flytectl}.
	 * @return the builder
	 */
	public static FlyteTestIdentityProviderBuilder builder() {
		return new FlyteTestIdentityProviderBuilder(FlyteTestIdentityProvider::new);
	}

	/**
	 * Where the provider is, also the {@code iss} of its tokens.
	 * @return {@code http://localhost:<port>} or {@code https://localhost:<port>}
	 */
	public URI issuer() {
		return this.application.issuer();
	}

	/**
	 * Where tokens are asked for.
	 * @return the issuer with the path {@code /oauth2/token}
	 */
	public URI tokenEndpoint() {
		return issuer().resolve("/oauth2/token");
	}

	/**
	 * Where a person logs in.
	 * @return the issuer with the path {@code /oauth2/authorize}
	 */
	public URI authorizationEndpoint() {
		return issuer().resolve("/oauth2/authorize");
	}

	/**
	 * Where a device asks for its codes.
	 * @return the issuer with the path {@code /oauth2/device_authorization}
	 */
	public URI deviceAuthorizationEndpoint() {
		return issuer().resolve("/oauth2/device_authorization");
	}

	/**
	 * Where the keys are.
	 * @return the issuer with the path {@code /oauth2/jwks}
	 */
	public URI jwksUri() {
		return issuer().resolve("/oauth2/jwks");
	}

	/**
	 * Add a client that logs in with a secret, or replace its secret.
	 * @param clientId the client's id
	 * @param clientSecret the client's secret
	 */
	public void addClient(String clientId, String clientSecret) {
		this.settings.clients().addConfidential(clientId, clientSecret);
	}

	/**
	 * How long access tokens live that are issued from now on.
	 * @param lifetime at least one second
	 */
	public void accessTokenLifetime(Duration lifetime) {
		this.settings.clients().accessTokenLifetime(lifetime);
	}

	/**
	 * How long refresh tokens live that are issued from now on.
	 * @param lifetime at least one second
	 */
	public void refreshTokenLifetime(Duration lifetime) {
		this.settings.clients().refreshTokenLifetime(lifetime);
	}

	/**
	 * The requests at the token and the device authorization endpoint, also refused ones.
	 * @return a copy, oldest first
	 */
	public List<TokenRequest> requests() {
		return this.settings.log().requests();
	}

	/**
	 * The requests at the token endpoint alone.
	 * @return how many there were
	 */
	public int tokenRequestCount() {
		return (int) requests().stream().filter((request) -> request.path().equals("/oauth2/token")).count();
	}

	/**
	 * The requests at the authorization endpoint, by the browsers of people who log in.
	 * @return a copy, oldest first
	 */
	public List<TokenRequest> authorizationRequests() {
		return this.settings.authorizationLog().requests();
	}

	/**
	 * How many access tokens have been issued.
	 * @return the number since the start
	 */
	public int issuedTokenCount() {
		return this.settings.tokens().count();
	}

	/**
	 * The most requests that were under way at the same time.
	 * @return the number since the start or {@link #clearRequests()}
	 */
	public int mostRequestsAtOnce() {
		return this.settings.log().mostAtOnce();
	}

	/** Forget the requests seen so far. */
	public void clearRequests() {
		this.settings.log().clear();
		this.settings.authorizationLog().clear();
	}

	/**
	 * Let every answer of the token and device authorization endpoints wait.
	 * @param delay how long, zero for not at all
	 */
	public void delay(Duration delay) {
		this.settings.behaviour().delay(delay);
	}

	/**
	 * Answer the next requests at the token and device authorization endpoints with this.
	 * @param times for how many requests
	 * @param status the HTTP status
	 * @param body the body, JSON if it starts with a brace
	 */
	public void failNext(int times, int status, String body) {
		failNext(times, status, body, Map.of());
	}

	/**
	 * Answer the next requests at the token and device authorization endpoints with this.
	 * @param times for how many requests
	 * @param status the HTTP status
	 * @param body the body, JSON if it starts with a brace
	 * @param headers further headers, {@code Retry-After} for example
	 */
	public void failNext(int times, int status, String body, Map<String, String> headers) {
		this.settings.behaviour().failNext(times, status, body, headers);
	}

	/**
	 * Ask for {@code Proxy-Authorization} on each request but a page, as a proxy does.
	 * @param token the token, or {@code null} to ask for none
	 */
	public void requireProxyAuthorization(@Nullable String token) {
		this.settings.behaviour().requireProxyAuthorization(token);
	}

	/** Behave well again: no delay, no failures, no proxy. */
	public void reset() {
		this.settings.behaviour().reset();
	}

	/** Refuse all access tokens that were issued up to now. */
	public void revokeTokens() {
		this.settings.tokens().revokeAll();
	}

	/**
	 * Refuse one access token.
	 * @param token the access token
	 * @throws JwtException if it is none of this provider
	 */
	public void revokeToken(String token) {
		this.settings.tokens().revoke(token);
	}

	/**
	 * Forget all refresh tokens, codes and waiting devices.
	 */
	public void revokeRefreshTokens() {
		this.settings.authorizations().clear();
	}

	/**
	 * Check an access token as a resource server does: signature, expiry, revocation; and
	 * that it was issued here.
	 * @param token the access token
	 * @return what it says
	 * @throws JwtException if it is not good
	 */
	public Jwt verify(String token) {
		return this.settings.tokens().verify(token);
	}

	/**
	 * Log in a waiting device, as the person would in a browser.
	 * @param userCode the code that the device shows
	 * @throws IllegalArgumentException if no device waits with it
	 */
	public void approveDevice(String userCode) {
		this.settings.authorizations().approve(userCode, this.settings.userName());
	}

	/**
	 * Refuse a waiting device, as the person could.
	 * @param userCode the code that the device shows
	 * @throws IllegalArgumentException if no device waits with it
	 */
	public void denyDevice(String userCode) {
		this.settings.authorizations().deny(userCode);
	}

	@Override
	public void close() {
		this.application.close();
		this.settings.key().release();
	}

}
