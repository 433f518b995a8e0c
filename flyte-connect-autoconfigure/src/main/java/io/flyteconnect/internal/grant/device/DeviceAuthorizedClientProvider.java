package io.flyteconnect.internal.grant.device;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.keygen.Base64StringKeyGenerator;
import org.springframework.security.crypto.keygen.StringKeyGenerator;
import org.springframework.security.oauth2.client.OAuth2AuthorizationContext;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;

import io.flyteconnect.config.CredentialSettings.DeviceFlowSettings;
import io.flyteconnect.internal.endpoint.TokenEndpointClients;
import io.flyteconnect.internal.endpoint.TokenRequestException;
import io.flyteconnect.internal.grant.command.CommandFailedException;
import io.flyteconnect.internal.grant.interaction.Person;
import io.flyteconnect.internal.proxy.ProxyRefusedException;
import io.flyteconnect.login.FlyteDeviceLoginEvent;
import io.flyteconnect.login.PersonLoginException;

/**
 * Lets a person log in on any device (RFC 8628), with the parameters of PKCE, since some
 * authorization servers refuse a device request without them.
 *
 * @since 0.1.0
 */
public final class DeviceAuthorizedClientProvider implements OAuth2AuthorizedClientProvider {

	private static final StringKeyGenerator RANDOM = new Base64StringKeyGenerator(
			Base64.getUrlEncoder().withoutPadding());

	/** The name under which a registration's provider metadata hold the endpoint. */
	public static final String ENDPOINT = DeviceClient.ENDPOINT;

	/** What {@code slow_down} adds to the interval, for good (RFC 8628 section 3.5). */
	private static final Duration SLOWER = Duration.ofSeconds(5);

	/** The answers that mean that the person is not done yet. */
	private static final Set<String> WAITING = Set.of("authorization_pending", "slow_down");

	private static final String TOO_LATE = "nobody logged in in time";

	private final String connection;

	private final Person person;

	private final DeviceFlowSettings settings;

	private final DeviceClient client;

	private final Clock clock;

	private final Pauses pauses;

	/**
	 * Create a provider.
	 * @param connection the name of the connection
	 * @param person who logs in
	 * @param settings how
	 * @param clients makes the requests
	 * @param clock tells the time
	 */
	public DeviceAuthorizedClientProvider(String connection, Person person, DeviceFlowSettings settings,
			TokenEndpointClients clients, Clock clock) {
		this(connection, person, settings, clients, clock, Pauses.SYSTEM);
	}

	DeviceAuthorizedClientProvider(String connection, Person person, DeviceFlowSettings settings,
			TokenEndpointClients clients, Clock clock, Pauses pauses) {
		this.connection = connection;
		this.person = person;
		this.settings = settings;
		this.client = new DeviceClient(clients);
		this.clock = clock;
		this.pauses = pauses;
	}

	@Override
	public @Nullable OAuth2AuthorizedClient authorize(OAuth2AuthorizationContext context) {
		ClientRegistration registration = context.getClientRegistration();
		if (!AuthorizationGrantType.DEVICE_CODE.equals(registration.getAuthorizationGrantType())) {
			return null;
		}
		this.person.require("device-flow");
		String verifier = RANDOM.generateKey();
		DeviceAuthorization authorization = DeviceAuthorization.of(this.client.start(registration, challenge(verifier)),
				this.settings.timeout(), this.settings.pollInterval());
		tell(authorization);
		OAuth2AccessTokenResponse tokens = poll(registration, authorization, verifier);
		return new OAuth2AuthorizedClient(registration, context.getPrincipal().getName(), tokens.getAccessToken(),
				tokens.getRefreshToken());
	}

	private void tell(DeviceAuthorization authorization) {
		String link = (authorization.verificationUriComplete() != null)
				? authorization.verificationUriComplete().toString() : authorization.verificationUri().toString();
		String message = "Flyte connection '" + this.connection + "': log in within " + time(authorization).toSeconds()
				+ " s at " + link + " with the code " + authorization.userCode();
		if (this.settings.qrCode()) {
			message += System.lineSeparator() + QrCode.of(link);
		}
		this.person.tell(message,
				new FlyteDeviceLoginEvent(this.connection, authorization.userCode(), authorization.verificationUri(),
						authorization.verificationUriComplete(), this.clock.instant().plus(time(authorization))));
	}

	private Duration time(DeviceAuthorization authorization) {
		return (authorization.expiresIn().compareTo(this.settings.timeout()) < 0) ? authorization.expiresIn()
				: this.settings.timeout();
	}

	private OAuth2AccessTokenResponse poll(ClientRegistration registration, DeviceAuthorization authorization,
			String verifier) {
		Duration interval = authorization.interval();
		long end = this.pauses.nanoTime() + time(authorization).toNanos();
		OAuth2AuthorizationException trouble = null;
		while (true) {
			if (!pause(interval, end)) {
				// With such an answer to the last poll, nobody knows whether they logged
				// in.
				throw (trouble != null) ? trouble
						: new PersonLoginException(PersonLoginException.EXPIRED_TOKEN, TOO_LATE, null);
			}
			try {
				return this.client.poll(registration, authorization.deviceCode(), verifier);
			}
			catch (OAuth2AuthorizationException ex) {
				interval = next(interval, ex);
				trouble = WAITING.contains(ex.getError().getErrorCode()) ? null : ex;
			}
		}
	}

	/**
	 * Wait for the next poll.
	 * @return whether there is time for it
	 */
	private boolean pause(Duration interval, long end) {
		long left = end - this.pauses.nanoTime();
		try {
			this.pauses.sleep(Duration.ofNanos(Math.max(0, Math.min(left, interval.toNanos()))));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new PersonLoginException("login_interrupted", "the login was interrupted", ex);
		}
		return left >= interval.toNanos();
	}

	/**
	 * The interval before the next poll (RFC 8628 section 3.5).
	 */
	private static Duration next(Duration interval, OAuth2AuthorizationException ex) {
		return switch (ex.getError().getErrorCode()) {
			case "authorization_pending" -> interval;
			case "slow_down" -> interval.plus(SLOWER);
			case "access_denied" -> throw new PersonLoginException("access_denied", "the person denied the login", ex);
			case "expired_token" -> throw new PersonLoginException(PersonLoginException.EXPIRED_TOKEN, TOO_LATE, ex);
			default -> {
				if (!isPassing(ex)) {
					throw ex;
				}
				Duration twice = interval.multipliedBy(2);
				Duration asked = (ex instanceof TokenRequestException answer) ? answer.getRetryAfter() : null;
				yield (asked != null && asked.compareTo(twice) > 0) ? asked : twice;
			}
		};
	}

	/**
	 * Trouble of the network, of a server that is busy or restarts, or of the command for
	 * a proxy on the way: the person may be typing, and their code is still good.
	 */
	private static boolean isPassing(Throwable ex) {
		boolean passing = false;
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			if (cause instanceof ProxyRefusedException) {
				return false;
			}
			if (cause instanceof IOException || cause instanceof CommandFailedException
					|| cause instanceof TokenRequestException answer
							&& (answer.getHttpStatus() >= 500 || answer.getHttpStatus() == 429)) {
				passing = true;
			}
		}
		return passing;
	}

	private static String challenge(String verifier) {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
			return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
