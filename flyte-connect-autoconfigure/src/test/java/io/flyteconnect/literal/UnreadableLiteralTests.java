package io.flyteconnect.literal;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.HexFormat;
import java.util.Map;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import flyteidl.core.Literals.Binary;
import flyteidl.core.Literals.Blob;
import flyteidl.core.Literals.Literal;
import flyteidl.core.Literals.LiteralCollection;
import flyteidl.core.Literals.LiteralMap;
import flyteidl.core.Literals.Primitive;
import flyteidl.core.Literals.Scalar;
import flyteidl.core.Literals.Schema;
import flyteidl.core.Types.SimpleType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Outputs that Java does not hold, or whose bytes cannot be read.
 */
class UnreadableLiteralTests {

	@ParameterizedTest
	@CsvSource({ "9223372036854775807, 0", "-9223372036854775808, -1", "9223372036854775807, 2147483647",
			"31556889864403200, 0", "-31557014167219201, 0", "31556889864403199, 1000000000" })
	void whenADatetimeIsBeyondThoseOfJavaThenItIsAnInvalidValue(long seconds, int nanos) {
		assertUnreadable(datetime(seconds, nanos),
				"The value cannot be read: the datetime " + seconds + " s after 1970 is beyond those that Java holds");
	}

	@ParameterizedTest
	@CsvSource({ "9223372036854775807, 1000000000", "-9223372036854775808, -1", "9223372036854775806, 2147483647" })
	void whenADurationIsBeyondThoseOfJavaThenItIsAnInvalidValue(long seconds, int nanos) {
		assertUnreadable(duration(seconds, nanos), "the duration of " + seconds + " s and " + nanos + " ns is beyond");
	}

	@ParameterizedTest
	@ValueSource(strings = { "c70cff000000007fffffffffffffff", "c70cff000000008000000000000000",
			"c70cff3b9aca000000000000000000", "c70cffffffffff0000000000000000", "d7ffffffffff00000001",
			"c70dff00000000000000000000000000", "d8ff00000000000000000000000000000000" })
	void whenATimestampOfMessagePackIsBeyondThoseOfJavaThenItIsAnInvalidValue(String hex) {
		assertUnreadable(messagePack(hex), "The value cannot be read: ", "timestamp in MessagePack");
	}

	@Test
	void whenATextOfMessagePackIsNoUtf8ThenItIsAnInvalidValue() {
		for (String hex : new String[] { "a1ff", "a3eda0bd", "a2c328", "81a1ff01" }) {
			assertUnreadable(messagePack(hex), "A text in MessagePack is no UTF-8");
		}
	}

	@Test
	void whenAReferenceHasNoUriThenItIsAnInvalidValue() {
		assertUnreadable(scalar(Scalar.newBuilder().setBlob(Blob.getDefaultInstance())), "'uri' must be set");
		assertUnreadable(scalar(Scalar.newBuilder().setSchema(Schema.getDefaultInstance())), "'uri' must be set");
	}

	@Test
	void whenItIsNestedThenItsPlaceIsNamed() {
		Literal list = Literal.newBuilder()
			.setCollection(
					LiteralCollection.newBuilder().addLiterals(datetime(0, 0)).addLiterals(datetime(Long.MIN_VALUE, 0)))
			.build();
		assertUnreadable(list, "The value's element [1] cannot be read");
		assertUnreadable(Literal.newBuilder().setMap(LiteralMap.newBuilder().putLiterals("a", list)).build(),
				"The value's element [\"a\"][1] cannot be read");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> FlyteLiterals.toJava(LiteralMap.newBuilder().putLiterals("out", list).build()).get("out"))
			.withMessageStartingWith(
					"The value 'out', element [1], cannot be read: the datetime -9223372036854775808 s");
	}

	@Test
	void whenOneOutputCannotBeReadThenTheOthersCan() {
		FlyteValues values = FlyteLiterals.toJava(LiteralMap.newBuilder()
			.putLiterals("good", datetime(1, 0))
			.putLiterals("bad", datetime(Long.MAX_VALUE, 0))
			.putLiterals("packed", messagePack("c1"))
			.build());
		assertThat(values).containsKeys("good", "bad", "packed").hasSize(3);
		assertThat(values.get("good")).isEqualTo(Instant.ofEpochSecond(1));
		assertThat(values.get("good", Date.class)).isEqualTo(new Date(1000));
		assertThat(values.get("absent")).isNull();
		for (String name : new String[] { "bad", "packed" }) {
			assertThatIllegalArgumentException().isThrownBy(() -> values.get(name))
				.withMessageStartingWith("The value '" + name + "' cannot be read: ");
			assertThatIllegalArgumentException().isThrownBy(() -> values.get(name, Date.class))
				.withMessageStartingWith("The value '" + name + "' cannot be read: ");
		}
		assertThatIllegalArgumentException().isThrownBy(() -> values.as(Map.class)).withMessageContaining("'bad'");
		assertThatIllegalArgumentException().isThrownBy(() -> values.values().forEach(Object::toString));
		assertThat(values.keySet()).containsExactlyInAnyOrder("good", "bad", "packed");
		assertThat(values.toString()).contains("good=1970-01-01T00:00:01Z", "bad=(cannot be read: the datetime");
		assertThat(values).isEqualTo(values);
		assertThat(values.hashCode()).isEqualTo(values.hashCode());
	}

	@Test
	void whenAnotherTypeOfTimesDoesNotHoldItThenThatIsSaid() {
		FlyteValues values = FlyteLiterals.toJava(LiteralMap.newBuilder()
			.putLiterals("last", datetime(Instant.MAX.getEpochSecond(), 0))
			.putLiterals("first", datetime(Instant.MIN.getEpochSecond(), 0))
			.build());
		for (Class<?> type : new Class<?>[] { LocalDate.class, ZonedDateTime.class, OffsetDateTime.class,
				Date.class }) {
			assertThatIllegalArgumentException().isThrownBy(() -> values.get("last", type))
				.withMessageStartingWith("The value 'last' is ");
			assertThatIllegalArgumentException().isThrownBy(() -> values.get("first", type))
				.withMessageStartingWith("The value 'first' is ");
		}
	}

	@Test
	void whenANumberWouldLoseDigitsThenItIsNotRead() {
		FlyteValues values = new FlyteValues(
				Map.of("id", 9007199254740993L, "large", 1e300, "small", 16777217L, "half", 0.1));
		assertLossy(values, "id", Double.class);
		assertLossy(values, "id", float.class);
		assertLossy(values, "large", Float.class);
		assertLossy(values, "small", Float.class);
		assertThat(values.get("small", double.class)).isEqualTo(16777217.0);
		assertThat(values.get("half", Float.class)).isEqualTo(0.1f);
	}

	@Test
	void whenAMessageOfProtobufIsBeyondThoseOfFlyteThenItIsNotWritten() {
		for (Timestamp time : new Timestamp[] { timestamp(Long.MAX_VALUE, 0), timestamp(0, -1),
				timestamp(0, 1_000_000_000), timestamp(253402300800L, 0) }) {
			assertThatExceptionOfType(InvalidValueException.class)
				.isThrownBy(() -> FlyteLiterals.toLiteral(time, LiteralTypes.of(SimpleType.DATETIME)))
				.withMessageContaining("the years from 1 to 9999");
		}
		for (Literal duration : new Literal[] { duration(Long.MIN_VALUE, 0), duration(1, -1),
				duration(315_576_000_001L, 0), duration(0, 1_000_000_000) }) {
			assertThatExceptionOfType(InvalidValueException.class)
				.isThrownBy(() -> FlyteLiterals.toLiteral(duration.getScalar().getPrimitive().getDuration(),
						LiteralTypes.of(SimpleType.DURATION)))
				.withMessageContaining("at most 10000 years");
		}
		assertThat(FlyteLiterals.toJava(FlyteLiterals.toLiteral(timestamp(7, 1), LiteralTypes.of(SimpleType.DATETIME))))
			.isEqualTo(Instant.ofEpochSecond(7, 1));
		assertThat(FlyteLiterals.toJava(duration(-1, -500_000_000))).isEqualTo(Duration.ofMillis(-1500));
	}

	private static void assertLossy(FlyteValues values, String name, Class<?> type) {
		assertThatIllegalArgumentException().isThrownBy(() -> values.get(name, type))
			.withMessageContaining("it would lose digits");
	}

	private static void assertUnreadable(Literal literal, String... messages) {
		assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> FlyteLiterals.toJava(literal))
			.satisfies((ex) -> assertThat(ex.getMessage()).contains(messages));
	}

	private static Timestamp timestamp(long seconds, int nanos) {
		return Timestamp.newBuilder().setSeconds(seconds).setNanos(nanos).build();
	}

	private static Literal datetime(long seconds, int nanos) {
		return scalar(Scalar.newBuilder().setPrimitive(Primitive.newBuilder().setDatetime(timestamp(seconds, nanos))));
	}

	private static Literal duration(long seconds, int nanos) {
		return scalar(Scalar.newBuilder()
			.setPrimitive(Primitive.newBuilder()
				.setDuration(com.google.protobuf.Duration.newBuilder().setSeconds(seconds).setNanos(nanos))));
	}

	private static Literal messagePack(String hex) {
		return scalar(Scalar.newBuilder()
			.setBinary(
					Binary.newBuilder().setTag("msgpack").setValue(ByteString.copyFrom(HexFormat.of().parseHex(hex)))));
	}

	private static Literal scalar(Scalar.Builder scalar) {
		return Literal.newBuilder().setScalar(scalar).build();
	}

}
