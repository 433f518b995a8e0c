package io.flyteconnect.oauth2.store;

import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import javax.sql.DataSource;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.crypto.encrypt.TextEncryptor;
import org.springframework.security.oauth2.client.JdbcOAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AccessToken.TokenType;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;

/**
 * Keeps the login in the table of Spring Security's
 * {@link JdbcOAuth2AuthorizedClientService}. The column of the access token holds the
 * whole login, encrypted; that of the refresh token stays empty. Whoever logs in or
 * renews the login holds a lock on the row.
 */
class JdbcStore implements SharedStore {

	private static final Log logger = LogFactory.getLog(JdbcStore.class);

	/** Far less than the default deadline of a call, which waits for the login. */
	private static final Duration CONNECTION_PATIENCE = Duration.ofSeconds(3);

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final String LOCK = "SELECT client_registration_id FROM oauth2_authorized_client"
			+ " WHERE client_registration_id = ? AND principal_name = ? FOR UPDATE";

	/** Makes a row to hold before there is a login. The table wants a token in each. */
	private static final String RESERVE = "INSERT INTO oauth2_authorized_client (client_registration_id,"
			+ " principal_name, access_token_type, access_token_value, access_token_issued_at,"
			+ " access_token_expires_at) VALUES (?, ?, ?, ?, ?, ?)";

	private static final String NO_LOGIN = "-";

	private final JdbcTemplate jdbc;

	private final JdbcTransactionManager transactions;

	private final JdbcOAuth2AuthorizedClientService clients;

	private final ClientRegistration registration;

	private final Authentication login;

	private final StoredLoginText text;

	JdbcStore(DataSource dataSource, String registrationId, String login, TextEncryptor encryptor) {
		this(new BoundedDataSource(dataSource, CONNECTION_PATIENCE), registrationId, login, encryptor);
	}

	JdbcStore(BoundedDataSource bounded, String registrationId, String login, TextEncryptor encryptor) {
		this.jdbc = new JdbcTemplate(bounded);
		this.jdbc.setQueryTimeout((int) PATIENCE.toSeconds());
		this.transactions = new JdbcTransactionManager(bounded);
		// Stands for the real one, which only a server can complete.
		this.registration = ClientRegistration.withRegistrationId(registrationId)
			.clientId(registrationId)
			.authorizationGrantType(new AuthorizationGrantType("urn:flyte-connect:grant-type:stored"))
			.build();
		this.clients = new JdbcOAuth2AuthorizedClientService(this.jdbc, (id) -> this.registration);
		this.clients.setAuthorizedClientRowMapper((row,
				number) -> client(new String(row.getBytes("access_token_value"), StandardCharsets.UTF_8), null, null));
		this.login = UsernamePasswordAuthenticationToken.authenticated(login, null, AuthorityUtils.NO_AUTHORITIES);
		this.text = new StoredLoginText(encryptor);
	}

	@Override
	public @Nullable StoredLogin load() {
		OAuth2AuthorizedClient client = this.clients.loadAuthorizedClient(this.registration.getRegistrationId(),
				this.login.getName());
		String text = (client != null) ? client.getAccessToken().getTokenValue() : NO_LOGIN;
		return NO_LOGIN.equals(text) ? null : this.text.read(text);
	}

	@Override
	public void save(StoredLogin login) {
		Instant issued = login.accessToken().getIssuedAt();
		Instant expires = login.accessToken().getExpiresAt();
		Instant from = (issued != null) ? issued : Instant.EPOCH;
		this.clients.saveAuthorizedClient(client(this.text.write(login), from,
				(expires != null && expires.isAfter(from)) ? expires : from.plusSeconds(1)), this.login);
	}

	private OAuth2AuthorizedClient client(String text, @Nullable Instant issued, @Nullable Instant expires) {
		return new OAuth2AuthorizedClient(this.registration, this.login.getName(),
				new OAuth2AccessToken(TokenType.BEARER, text, issued, expires));
	}

	@Override
	public void remove() {
		this.clients.removeAuthorizedClient(this.registration.getRegistrationId(), this.login.getName());
	}

	@Override
	public Hold hold() {
		try {
			Hold hold = holdRow();
			if (hold == Hold.NONE) {
				reserveRow();
				hold = holdRow();
			}
			return hold;
		}
		catch (BadSqlGrammarException ex) {
			// No such clause in this database: reading again must do.
			return Hold.NONE;
		}
	}

	private Hold holdRow() {
		// Who has waited for the row must see what was written in the meantime.
		DefaultTransactionDefinition definition = new DefaultTransactionDefinition();
		definition.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
		TransactionStatus transaction = this.transactions.getTransaction(definition);
		try {
			List<@Nullable String> rows = this.jdbc.queryForList(LOCK, String.class,
					this.registration.getRegistrationId(), this.login.getName());
			if (!rows.isEmpty()) {
				return () -> this.transactions.commit(transaction);
			}
			this.transactions.rollback(transaction);
			return Hold.NONE;
		}
		catch (RuntimeException ex) {
			this.transactions.rollback(transaction);
			throw ex;
		}
	}

	private void reserveRow() {
		try {
			Timestamp never = Timestamp.from(Instant.EPOCH);
			this.jdbc.update(RESERVE, this.registration.getRegistrationId(), this.login.getName(),
					TokenType.BEARER.getValue(), NO_LOGIN.getBytes(StandardCharsets.UTF_8), never, never);
		}
		catch (DuplicateKeyException ex) {
			logger.trace("Another process has just made the row", ex);
		}
	}

	@Override
	public String toString() {
		return "table oauth2_authorized_client";
	}

}
