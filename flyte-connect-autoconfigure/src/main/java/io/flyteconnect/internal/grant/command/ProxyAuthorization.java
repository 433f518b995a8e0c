package io.flyteconnect.internal.grant.command;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2Error;

import io.flyteconnect.internal.listener.TokenListener;
import io.flyteconnect.internal.token.AccessToken;
import io.flyteconnect.internal.token.TokenGrant;
import io.flyteconnect.internal.token.TokenManager;
import io.flyteconnect.login.LoginException;
import io.flyteconnect.login.LoginStep;

/**
 * The second token, for a proxy in front of Flyte (Google IAP, an ALB): printed by the
 * proxy command, sent as {@code proxy-authorization} with every gRPC call and every
 * request to the authorization server. It has a life, a refusal and a renewal of its own.
 */
public class ProxyAuthorization implements TokenGrant, ClientHttpRequestInterceptor {

	private final TokenCommand command;

	private final String source;

	private final Duration opaqueLife;

	private final Clock clock;

	private final TokenManager tokens;

	public ProxyAuthorization(String login, TokenCommand command, String source, Duration opaqueLife, Executor executor,
			Clock clock, TokenListener listener) {
		this.command = command;
		this.source = source;
		this.opaqueLife = opaqueLife;
		this.clock = clock;
		this.tokens = new TokenManager(login + " at the proxy", this, executor, clock, false, listener);
	}

	public TokenManager tokens() {
		return this.tokens;
	}

	@Override
	public AccessToken obtain() {
		try {
			PrintedToken token = this.command.run(this.clock);
			Instant received = this.clock.instant();
			return AccessToken.of(token.value(), null, AccessToken.PROXY_AUTHORIZATION, received,
					token.life(received, this.opaqueLife), Duration.ZERO, ThreadLocalRandom.current().nextDouble());
		}
		catch (OAuth2AuthorizationException ex) {
			boolean permanent = ex instanceof CommandFailedException failed && failed.isPermanent();
			throw LoginException.command("proxy command: " + ex.getMessage(), permanent, ex)
				.advised("Check " + this.source);
		}
	}

	@Override
	public LoginStep step() {
		return LoginStep.COMMAND;
	}

	@Override
	public void rejected(AccessToken token) {
		// Nothing is kept beside the token.
	}

	@Override
	public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
			throws IOException {
		AccessToken token = token();
		ClientHttpResponse response = send(request, body, execution, token);
		if (!isRefused(response)) {
			this.tokens.accepted(token);
			return response;
		}
		if (!this.tokens.rejected(token)) {
			return response;
		}
		response.close();
		return send(request, body, execution, token());
	}

	private static ClientHttpResponse send(HttpRequest request, byte[] body, ClientHttpRequestExecution execution,
			AccessToken token) throws IOException {
		request.getHeaders().set(HttpHeaders.PROXY_AUTHORIZATION, "Bearer " + token.value());
		return execution.execute(request, body);
	}

	/**
	 * An authorization server says no in JSON (RFC 6749 section 5.2), a proxy in HTML.
	 */
	private static boolean isRefused(ClientHttpResponse response) throws IOException {
		HttpStatus status = HttpStatus.resolve(response.getStatusCode().value());
		if (status != HttpStatus.UNAUTHORIZED && status != HttpStatus.FORBIDDEN && status != HttpStatus.FOUND
				&& status != HttpStatus.PROXY_AUTHENTICATION_REQUIRED) {
			return false;
		}
		String type = response.getHeaders().getFirst(HttpHeaders.CONTENT_TYPE);
		return type == null || !type.startsWith(MediaType.APPLICATION_JSON_VALUE);
	}

	private AccessToken token() {
		AccessToken token = this.tokens.current();
		if (token != null) {
			return token;
		}
		try {
			return this.tokens.obtain().get();
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof LoginException login) {
				throw failure(login);
			}
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw failure(LoginException.tokenRequest("interrupted", ex));
		}
	}

	/** What those expect who make the requests of a login. */
	private static OAuth2AuthorizationException failure(LoginException ex) {
		String message = String.valueOf(ex.getMessage());
		return new OAuth2AuthorizationException(new OAuth2Error(CommandFailedException.ERROR_CODE, message, null),
				message, ex);
	}

}
