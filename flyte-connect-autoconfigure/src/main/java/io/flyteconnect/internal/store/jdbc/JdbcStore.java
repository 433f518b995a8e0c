package io.flyteconnect.internal.store.jdbc;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.crypto.encrypt.TextEncryptor;
import org.springframework.security.oauth2.client.JdbcOAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AccessToken.TokenType;

import io.flyteconnect.internal.store.SharedStore;
import io.flyteconnect.internal.store.StoreException;
import io.flyteconnect.internal.store.StoredLogin;
import io.flyteconnect.internal.store.StoredLoginText;

/**
 * Stores the login in the table of Spring Security's
 * {@link JdbcOAuth2AuthorizedClientService}. The column of the access token contains the
 * whole encrypted login; that of the refresh token is empty. During a login or its
 * renewal, the process has a lease in another row, but no connection.
 */
public class JdbcStore implements SharedStore {

	/** The duration of a lease: others wait so long after a process has crashed. */
	private static final Duration LEASE = Duration.ofMinutes(1);

	private static final long PAUSE_MILLIS = 50;

	private final JdbcWork work;

	private final JdbcLease lease;

	private final Duration patience;

	private final ClientRegistration registration;

	private final Authentication login;

	private final StoredLoginText text;

	public JdbcStore(DataSource dataSource, JdbcPatience patience, String registrationId, String login,
			TextEncryptor encryptor) {
		this(JdbcWork.with(dataSource, patience), registrationId, login, encryptor, patience.others(),
				Clock.systemUTC());
	}

	public JdbcStore(JdbcWork work, String registrationId, String login, TextEncryptor encryptor, Duration patience,
			Clock clock) {
		this.work = work;
		this.lease = new JdbcLease(work, registrationId, login + ".lease", LEASE, clock);
		this.patience = patience;
		// A placeholder for the real registration, which needs the metadata of a server.
		this.registration = ClientRegistration.withRegistrationId(registrationId)
			.clientId(registrationId)
			.authorizationGrantType(new AuthorizationGrantType("urn:flyte-connect:grant-type:stored"))
			.build();
		this.login = UsernamePasswordAuthenticationToken.authenticated(login, null, AuthorityUtils.NO_AUTHORITIES);
		this.text = new StoredLoginText(encryptor);
	}

	private OAuth2AuthorizedClientService clients(JdbcTemplate jdbc) {
		JdbcOAuth2AuthorizedClientService clients = new JdbcOAuth2AuthorizedClientService(jdbc,
				(id) -> this.registration);
		clients.setAuthorizedClientRowMapper((row,
				number) -> client(new String(row.getBytes("access_token_value"), StandardCharsets.UTF_8), null, null));
		return clients;
	}

	@Override
	public @Nullable StoredLogin load() {
		OAuth2AuthorizedClient client = this.work.<@Nullable OAuth2AuthorizedClient>call((jdbc) -> clients(jdbc)
			.loadAuthorizedClient(this.registration.getRegistrationId(), this.login.getName()));
		return (client != null) ? this.text.read(client.getAccessToken().getTokenValue()) : null;
	}

	@Override
	public void save(StoredLogin login) {
		Instant issued = login.accessToken().getIssuedAt();
		Instant expires = login.accessToken().getExpiresAt();
		Instant from = (issued != null) ? issued : Instant.EPOCH;
		OAuth2AuthorizedClient client = client(this.text.write(login), from,
				(expires != null && expires.isAfter(from)) ? expires : from.plusSeconds(1));
		this.work.call((jdbc) -> {
			clients(jdbc).saveAuthorizedClient(client, this.login);
			return true;
		});
	}

	private OAuth2AuthorizedClient client(String text, @Nullable Instant issued, @Nullable Instant expires) {
		return new OAuth2AuthorizedClient(this.registration, this.login.getName(),
				new OAuth2AccessToken(TokenType.BEARER, text, issued, expires));
	}

	@Override
	public void remove() {
		this.work.call((jdbc) -> {
			clients(jdbc).removeAuthorizedClient(this.registration.getRegistrationId(), this.login.getName());
			return true;
		});
	}

	@Override
	public Hold hold() {
		long end = System.nanoTime() + this.patience.toNanos();
		String owner = this.lease.take();
		while (owner == null) {
			if (System.nanoTime() > end) {
				throw new StoreException("another process has been logging in for " + this.patience.toSeconds() + " s",
						null);
			}
			pause();
			owner = this.lease.take();
		}
		String mine = owner;
		return () -> this.lease.end(mine);
	}

	private static void pause() {
		try {
			Thread.sleep(PAUSE_MILLIS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new StoreException("interrupted while another process was logging in", ex);
		}
	}

	@Override
	public String toString() {
		return "table oauth2_authorized_client";
	}

}
