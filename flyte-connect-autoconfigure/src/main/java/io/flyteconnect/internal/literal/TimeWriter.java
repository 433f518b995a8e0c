package io.flyteconnect.internal.literal;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.Date;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import flyteidl.core.Types.LiteralType;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.literal.InvalidValueException;

/**
 * Writes points in time and durations. Values without a zone are in UTC, as flytekit
 * reads them.
 */
final class TimeWriter {

	private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

	private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

	/** The limit in {@code google/protobuf/duration.proto}. */
	private static final java.time.Duration LONGEST = java.time.Duration.ofSeconds(315_576_000_000L);

	private TimeWriter() {
	}

	static Timestamp datetime(Object value, LiteralType type, boolean strict) {
		if (value instanceof Timestamp timestamp) {
			return checked(timestamp, type);
		}
		Instant instant;
		try {
			instant = (!strict && value instanceof CharSequence) ? TimeText.datetime(value.toString().strip())
					: instant(value);
		}
		catch (DateTimeException ex) {
			throw invalid(type, value, "text such as 2026-07-01T00:00:00Z (RFC 3339)", ex);
		}
		if (instant == null) {
			throw LiteralWriter.mismatch(type, value, "");
		}
		if (instant.isBefore(FIRST) || instant.isAfter(LAST)) {
			throw LiteralWriter.mismatch(type, value, "the years from 1 to 9999");
		}
		return Timestamp.newBuilder().setSeconds(instant.getEpochSecond()).setNanos(instant.getNano()).build();
	}

	private static Timestamp checked(Timestamp value, LiteralType type) {
		boolean known = value.getSeconds() >= FIRST.getEpochSecond() && value.getSeconds() <= LAST.getEpochSecond();
		if (!known || value.getNanos() < 0 || value.getNanos() > LAST.getNano()) {
			throw LiteralWriter.mismatch(type, value, "the years from 1 to 9999");
		}
		return value;
	}

	private static @Nullable Instant instant(Object value) {
		if (value instanceof Instant instant) {
			return instant;
		}
		if (value instanceof OffsetDateTime time) {
			return time.toInstant();
		}
		if (value instanceof ZonedDateTime time) {
			return time.toInstant();
		}
		if (value instanceof LocalDateTime time) {
			return time.toInstant(ZoneOffset.UTC);
		}
		if (value instanceof LocalDate date) {
			return date.atStartOfDay().toInstant(ZoneOffset.UTC);
		}
		return (value instanceof Date date) ? instant(date)
				: (value instanceof Calendar calendar) ? calendar.toInstant() : null;
	}

	private static Instant instant(Date date) {
		try {
			return date.toInstant();
		}
		catch (UnsupportedOperationException ex) {
			// java.sql.Date is a day in the time zone of the JVM.
			return Instant.ofEpochMilli(date.getTime());
		}
	}

	static Duration duration(Object value, LiteralType type, boolean strict) {
		if (value instanceof Duration duration) {
			return checked(duration, type);
		}
		java.time.Duration duration;
		try {
			duration = (value instanceof java.time.Duration own) ? own
					: (!strict && value instanceof CharSequence) ? TimeText.duration(value.toString().strip()) : null;
		}
		catch (DateTimeException | ArithmeticException ex) {
			throw invalid(type, value, "text such as 1h30m (Go's) or PT1H30M (ISO 8601)", ex);
		}
		if (duration == null) {
			throw LiteralWriter.mismatch(type, value, (value instanceof Number) ? "a number has no unit" : "");
		}
		if (duration.compareTo(LONGEST) > 0 || duration.compareTo(LONGEST.negated()) < 0) {
			throw LiteralWriter.mismatch(type, value, "at most 10000 years");
		}
		// Both parts of a protobuf duration have the same sign.
		boolean borrow = duration.isNegative() && duration.getNano() > 0;
		return Duration.newBuilder()
			.setSeconds(duration.getSeconds() + (borrow ? 1 : 0))
			.setNanos(duration.getNano() - (borrow ? 1_000_000_000 : 0))
			.build();
	}

	// Both parts have the same sign.
	private static Duration checked(Duration value, LiteralType type) {
		long seconds = value.getSeconds();
		long nanos = value.getNanos();
		boolean whole = Math.abs(nanos) < 1_000_000_000 && Long.signum(seconds) * Long.signum(nanos) >= 0;
		if (!whole || seconds > LONGEST.getSeconds() || seconds < -LONGEST.getSeconds()) {
			throw LiteralWriter.mismatch(type, value, "at most 10000 years");
		}
		return value;
	}

	private static InvalidValueException invalid(LiteralType type, Object value, String hint, Exception cause) {
		return new InvalidValueException(LiteralWriter.mismatch(type, value, hint).getReason(), cause);
	}

}
