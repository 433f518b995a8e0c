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
 * The right to renew a login, as a row beside it that ends by itself: no transaction is
 * open meanwhile, as a person may take minutes to log in. The type of the token names the
 * owner; the scopes hold the end, as a number, since columns of times depend on the time
 * zone of each process. The clocks of two replicas may differ by almost the life of a
 * lease.
 *
 * @param work does something with the database
 * @param registrationId the client registration
 * @param principal what the row is found by
 * @param life how long it counts if nobody ends it
 * @param clock tells the time
 */
record JdbcLease(JdbcWork work, String registrationId, String principal, Duration life, Clock clock) {

	private static final Log logger = LogFactory.getLog(JdbcLease.class);

	private static final String ROW = " WHERE client_registration_id = ? AND principal_name = ?";

	private static final String LOOK = "SELECT access_token_scopes FROM oauth2_authorized_client" + ROW;

	private static final String TAKE_OVER = "UPDATE oauth2_authorized_client SET access_token_type = ?,"
			+ " access_token_scopes = ?" + ROW + " AND access_token_scopes = ?";

	/** The table wants a token in each row. */
	private static final String TAKE = "INSERT INTO oauth2_authorized_client (client_registration_id, principal_name,"
			+ " access_token_type, access_token_value, access_token_issued_at, access_token_expires_at,"
			+ " access_token_scopes) VALUES (?, ?, ?, ?, ?, ?, ?)";

	private static final String END = "DELETE FROM oauth2_authorized_client" + ROW + " AND access_token_type = ?";

	private static final byte[] NO_TOKEN = "-".getBytes(StandardCharsets.UTF_8);

	/**
	 * Take the lease, unless somebody has it or is just taking it, as a second row with
	 * the same key or a conflict of locks tells. A table that takes no row of a lease for
	 * another reason is a store that fails.
	 * @return its owner, or {@code null} if somebody has it
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
		// An end that is far too late is that of a clock that was set back since. One
		// that
		// is a little late is that of a replica whose clock is ahead of this one.
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
