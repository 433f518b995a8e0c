package io.flyteconnect.literal;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Date;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

import flyteidl.core.Types.SimpleType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Java values as primitives of Flyte, and back.
 */
class PrimitiveLiteralTests {

	private static final Instant DAY = Instant.parse("2026-07-01T00:00:00Z");

	@Test
	void whenANumberHasNoFractionThenItIsAnIntegerWhateverItsJavaType() {
		for (Object seven : List.of(7, 7L, (short) 7, (byte) 7, 7.0, 7f, new BigDecimal("7.00"),
				new BigDecimal("70e-1"), BigInteger.valueOf(7), new AtomicLong(7), OptionalInt.of(7), "7", " +7 ",
				new StringBuilder("007"))) {
			assertThat(read(seven, SimpleType.INTEGER)).as("%s", seven).isEqualTo(7L);
		}
		assertThat(read(Long.MIN_VALUE, SimpleType.INTEGER)).isEqualTo(Long.MIN_VALUE);
		assertThat(read("9223372036854775807", SimpleType.INTEGER)).isEqualTo(Long.MAX_VALUE);
	}

	@Test
	void whenANumberIsNoIntegerOf64BitsThenItIsRefused() {
		for (Object wrong : List.of(7.5, 9.223372036854775807E18, Double.NaN, Float.POSITIVE_INFINITY,
				new BigDecimal("0.1"), new BigDecimal("1e999999999"), BigInteger.ONE.shiftLeft(63),
				"9223372036854775808", "7.0", "1_000", "0x7", "\u0667", "", "seven", true, '7')) {
			assertRefused(wrong, SimpleType.INTEGER, "must be of type integer, not ");
		}
	}

	@Test
	void whenANumberIsThereThenItIsAFloat() {
		assertThat(read(3, SimpleType.FLOAT)).isEqualTo(3.0);
		assertThat(read(new BigDecimal("0.25"), SimpleType.FLOAT)).isEqualTo(0.25);
		assertThat(read(Double.NaN, SimpleType.FLOAT)).isEqualTo(Double.NaN);
		assertThat(read("1e3", SimpleType.FLOAT)).isEqualTo(1000.0);
		assertThat(read(".5", SimpleType.FLOAT)).isEqualTo(0.5);
		assertThat(read(new BigDecimal("0.1"), SimpleType.FLOAT)).isEqualTo(0.1);
		assertThat(read(9007199254740992L, SimpleType.FLOAT)).isEqualTo(9007199254740992.0);
		assertThat(read(0.1f, SimpleType.FLOAT)).isEqualTo((double) 0.1f);
		assertThat(read("1e300", SimpleType.FLOAT)).isEqualTo(1e300);
		assertThat(read(new BigDecimal("1e300"), SimpleType.FLOAT)).isEqualTo(1e300);
		assertThat(read("3.14159265358979323846264338327950288", SimpleType.FLOAT)).isEqualTo(Math.PI);
		assertThat(read(BigInteger.TWO.pow(1000), SimpleType.FLOAT)).isEqualTo(Math.pow(2, 1000));
		assertThat(read("-Inf", SimpleType.FLOAT)).isEqualTo(Double.NEGATIVE_INFINITY);
		for (Object wrong : List.of("1.5d", "1e400", new BigDecimal("1e400"), "0x1p3", "", "1,5", false)) {
			assertRefused(wrong, SimpleType.FLOAT, "must be of type float, not ");
		}
	}

	@Test
	void whenAFloatWouldLoseDigitsThenItIsRefused() {
		for (Object wrong : List.of(9007199254740993L, -9007199254740993L, Long.MAX_VALUE, 90071992547409940L,
				new AtomicLong(9007199254740993L), OptionalLong.of(9007199254740993L),
				new BigInteger("9007199254740993"), BigInteger.TEN.pow(23), new BigDecimal("9007199254740993"),
				new BigDecimal("9007199254740993.0"), new BigDecimal("9007199254740994.5"), new BigDecimal("1e-400"),
				"9007199254740993", "9007199254740993.00", "9007199254740.993e3", "1e-400")) {
			assertRefused(wrong, SimpleType.FLOAT, "a double would lose digits of it");
		}
		assertThatExceptionOfType(InvalidValueException.class)
			.isThrownBy(() -> FlyteLiterals.toLiteral("[1, 9007199254740993]",
					LiteralTypes.listOf(LiteralTypes.of(SimpleType.FLOAT))))
			.withMessageStartingWith("The value's element [1] must be of type float, not Long 9007199254740993");
		assertThatExceptionOfType(InvalidValueException.class)
			.isThrownBy(() -> FlyteLiterals.toLiteral("{\"a\": 9007199254740993.0}",
					LiteralTypes.mapOf(LiteralTypes.of(SimpleType.FLOAT))))
			.withMessageStartingWith("The value's element [\"a\"] must be of type float");
		assertRefused("1e99999999999", SimpleType.FLOAT, "its exponent is beyond those of a double");
	}

	@Test
	void whenAValueIsTextThenItIsAString() {
		UUID id = UUID.randomUUID();
		assertThat(read(" a text ", SimpleType.STRING)).isEqualTo(" a text ");
		assertThat(read("", SimpleType.STRING)).isEqualTo("");
		assertThat(read('c', SimpleType.STRING)).isEqualTo("c");
		assertThat(read(DayOfWeek.MONDAY, SimpleType.STRING)).isEqualTo("MONDAY");
		assertThat(read(id, SimpleType.STRING)).isEqualTo(id.toString());
		assertThat(read(URI.create("s3://b/k"), SimpleType.STRING)).isEqualTo("s3://b/k");
		assertThat(read(Path.of("a", "b"), SimpleType.STRING)).isEqualTo(Path.of("a", "b").toString());
		assertRefused(1.0, SimpleType.STRING, "must be of type string, not Double 1.0: give it as text");
		assertRefused(true, SimpleType.STRING, "not Boolean true");
		assertRefused(LocalDate.of(2026, 7, 1), SimpleType.STRING, "java.time.LocalDate");
		assertRefused("half \ud83d a smile", SimpleType.STRING, "unpaired surrogate");
	}

	@Test
	void whenAValueIsTrueOrFalseThenItIsABoolean() {
		assertThat(read(true, SimpleType.BOOLEAN)).isEqualTo(true);
		assertThat(List.of("true", "True", "TRUE", "t", "1"))
			.allSatisfy((text) -> assertThat(read(text, SimpleType.BOOLEAN)).isEqualTo(true));
		assertThat(List.of("false", "F", "0"))
			.allSatisfy((text) -> assertThat(read(text, SimpleType.BOOLEAN)).isEqualTo(false));
		assertRefused("yes", SimpleType.BOOLEAN, "must be of type boolean, not the text \"yes\": true or false");
		assertRefused(1, SimpleType.BOOLEAN, "not Integer 1");
	}

	@Test
	void whenAValueIsATimeThenItIsADatetime() {
		GregorianCalendar calendar = new GregorianCalendar(TimeZone.getTimeZone("UTC"));
		calendar.setTimeInMillis(DAY.toEpochMilli());
		for (Object day : List.of(DAY, DAY.atZone(ZoneId.of("Asia/Tokyo")), LocalDate.of(2026, 7, 1),
				LocalDateTime.of(2026, 7, 1, 0, 0), OffsetDateTime.parse("2026-07-01T02:00:00+02:00"),
				java.util.Date.from(DAY), new Date(DAY.toEpochMilli()), calendar, "2026-07-01T00:00:00Z",
				"2026-07-01T02:00:00.000+02:00", "2026-07-01 00:00:00", "2026-07-01t00:00:00z", "2026-07-01",
				"2026-07-01T00:00")) {
			assertThat(read(day, SimpleType.DATETIME)).as("%s", day).isEqualTo(DAY);
		}
		assertThat(read("1969-12-31T23:59:59.999999999Z", SimpleType.DATETIME)).isEqualTo(Instant.EPOCH.minusNanos(1));
	}

	@Test
	void whenAValueIsNoDatetimeThenTheRightFormIsNamed() {
		assertRefused("tomorrow", SimpleType.DATETIME,
				"must be of type datetime, not the text \"tomorrow\": text such as 2026-07-01T00:00:00Z (RFC 3339)");
		assertRefused("2026-02-30", SimpleType.DATETIME, "RFC 3339");
		assertRefused("01.07.2026", SimpleType.DATETIME, "RFC 3339");
		assertRefused(1782864000L, SimpleType.DATETIME, "not Long 1782864000");
		assertRefused(LocalTime.NOON, SimpleType.DATETIME, "java.time.LocalTime");
		assertRefused(Instant.MAX, SimpleType.DATETIME, "the years from 1 to 9999");
		assertRefused("0000-01-01T00:00:00Z", SimpleType.DATETIME, "the years from 1 to 9999");
	}

	@Test
	void whenAValueIsADurationThenItIsOne() {
		assertThat(read(Duration.ofMinutes(90), SimpleType.DURATION)).isEqualTo(Duration.ofMinutes(90));
		assertThat(read("1h30m", SimpleType.DURATION)).isEqualTo(Duration.ofMinutes(90));
		assertThat(read("PT1H30M", SimpleType.DURATION)).isEqualTo(Duration.ofMinutes(90));
		assertThat(read("-1.5s", SimpleType.DURATION)).isEqualTo(Duration.ofMillis(-1500));
		assertThat(read("300ms", SimpleType.DURATION)).isEqualTo(Duration.ofMillis(300));
		assertThat(read("0", SimpleType.DURATION)).isEqualTo(Duration.ZERO);
		assertThat(FlyteLiterals.toLiteral(Duration.ofMillis(-1500), LiteralTypes.of(SimpleType.DURATION))
			.getScalar()
			.getPrimitive()
			.getDuration()).satisfies((duration) -> {
				assertThat(duration.getSeconds()).isEqualTo(-1);
				assertThat(duration.getNanos()).isEqualTo(-500_000_000);
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "long", "1h 30m", "30", "s", "", "1:30", "P1M", "9223372036854775807s1h",
			"99999999999999999999s" })
	void whenATextIsNoDurationThenTheRightFormIsNamed(String text) {
		assertRefused(text, SimpleType.DURATION, "text such as 1h30m");
	}

	@Test
	void whenADurationIsTooLongForFlyteThenItIsRefused() {
		assertRefused(Duration.ofSeconds(Long.MAX_VALUE), SimpleType.DURATION, "at most 10000 years");
		assertRefused(Duration.ofSeconds(Long.MIN_VALUE), SimpleType.DURATION, "at most 10000 years");
		assertRefused(Duration.ofSeconds(315_576_000_000L, 1), SimpleType.DURATION, "at most 10000 years");
		assertRefused(Duration.ofSeconds(-315_576_000_000L).minusNanos(1), SimpleType.DURATION, "at most 10000 years");
		assertRefused(ChronoUnit.FOREVER.getDuration(), SimpleType.DURATION, "at most 10000 years");
		assertRefused("PT2562047788015215H", SimpleType.DURATION, "at most 10000 years");
		assertRefused("-9223372036854775807.999999999s", SimpleType.DURATION, "at most 10000 years");
		assertRefused("PT2562047788015216H", SimpleType.DURATION, "1h30m");
		assertRefused("-PT-9223372036854775808S", SimpleType.DURATION, "1h30m");
		assertThat(read(Duration.ofSeconds(-315_576_000_000L), SimpleType.DURATION))
			.isEqualTo(Duration.ofSeconds(-315_576_000_000L));
		assertRefused("9".repeat(100_000) + "s", SimpleType.DURATION, "1h30m");
		assertRefused(30, SimpleType.DURATION, "a number has no unit");
	}

	@Test
	void whenThereIsNothingThenOnlyNoneTakesIt() {
		assertThat(read(null, SimpleType.NONE)).isNull();
		assertThat(read(Optional.empty(), SimpleType.NONE)).isNull();
		assertRefused("", SimpleType.NONE, "must be of type none");
		for (String none : List.of("null", "None", " none ")) {
			assertThat(read(none, SimpleType.NONE)).as(none).isNull();
		}
		assertRefused("nothing", SimpleType.NONE, "must be of type none, not the text \"nothing\": write null");
		assertRefused(null, SimpleType.INTEGER, "must be of type integer, not null");
	}

	private static Object read(Object value, SimpleType type) {
		return FlyteLiterals.toJava(FlyteLiterals.toLiteral(value, LiteralTypes.of(type)));
	}

	private static void assertRefused(Object value, SimpleType type, String message) {
		assertThatExceptionOfType(InvalidValueException.class).as("%s", value)
			.isThrownBy(() -> FlyteLiterals.toLiteral(value, LiteralTypes.of(type)))
			.withMessageStartingWith("The value ")
			.withMessageContaining(message);
	}

}
