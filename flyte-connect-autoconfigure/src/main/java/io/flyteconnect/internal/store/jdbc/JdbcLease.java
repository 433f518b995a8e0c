package io.flyteconnect.internal.store.jdbc;

import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The exclusive right to renew a login: a row next to that of the login, with an expiry.
 * No transaction is open meanwhile, since a person may take minutes to log in. The column
 * of the token type contains the owner, and that of the scopes the expiry as a number,
 * since timestamp columns depend on the time zone of the process. The clocks of two
 * replicas may differ by almost the duration of a lease.
 *
 * @param work does something with the database
 * @param registrationId the client registration
 * @param principal the key of the row
 * @param life its duration if it is not released
 * @param clock tells the time
 */
record JdbcLease(JdbcWork work, String registrationId, String principal, Duration life, Clock clock) {

	private static final Log logger = LogFactory.getLog(JdbcLease.class);

	private static final String ROW = " WHERE client_registration_id = ? AND principal_name = ?";

	private static final String LOOK = "SELECT access_token_scopes FROM oauth2_authorized_client" + ROW;

	private static final String TAKE_OVER = "UPDATE oauth2_authorized_client SET access_token_type = ?,"
			+ " access_token_scopes = ?" + ROW + " AND access_token_scopes = ?";

	/** The value of the token column, which must not be null. */
	private static final String TAKE = "INSERT INTO oauth2_authorized_client (client_registration_id, principal_name,"
			+ " access_token_type, access_token_value, access_token_issued_at, access_token_expires_at,"
			+ " access_token_scopes) VALUES (?, ?, ?, ?, ?, ?, ?)";

	private static final String END = "DELETE FROM oauth2_authorized_client" + ROW + " AND access_token_type = ?";

	private static final byte[] NO_TOKEN = "-".getBytes(StandardCharsets.UTF_8);

	/**
	 * Acquire the lease, unless another process has it or is acquiring it, which a
	 * duplicate key or a lock conflict shows. If the row cannot be inserted for another
	 * reason, the store has failed.
	 * @return its owner, or {@code null} if another process has it
	 */
	@Nullable String take() {
		String owner = UUID.randomUUID().toString();
		try {
			return this.work.call((jdbc) -> take(jdbc, owner, this.clock.millis())) ? owner : null;
		}
		catch (DuplicateKeyException | ConcurrencyFailureException ex) {
			logger.trace("Another process is just taking the lease", ex);
			return null;
		}
	}

	private boolean take(JdbcTemplate jdbc, String owner, long now) {
		List<@Nullable String> ends = jdbc.queryForList(LOOK, String.class, this.registrationId, this.principal);
		String end = text(now + this.life.toMillis());
		if (ends.isEmpty()) {
			Timestamp never = Timestamp.from(Instant.EPOCH);
			return jdbc.update(TAKE, this.registrationId, this.principal, owner, NO_TOKEN, never, never, end) == 1;
		}
		String present = Objects.requireNonNullElse(ends.get(0), "");
		// If the expiry is far too late, a clock has been set back since. If it is a
		// little late, the clock of the other replica is ahead of this one.
		String tooLate = text(now + this.life.multipliedBy(2).toMillis());
		boolean over = present.compareTo(text(now)) < 0 || present.compareTo(tooLate) > 0;
		return over && jdbc.update(TAKE_OVER, owner, end, this.registrationId, this.principal, present) == 1;
	}

	void end(String owner) {
		this.work.call((jdbc) -> jdbc.update(END, this.registrationId, this.principal, owner));
	}

	private static String text(long millis) {
		return String.format(Locale.ROOT, "%020d", millis);
	}

}
