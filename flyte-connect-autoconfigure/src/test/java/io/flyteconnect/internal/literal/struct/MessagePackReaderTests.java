package io.flyteconnect.internal.literal.struct;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Each format of MessagePack's specification, as bytes.
 */
class MessagePackReaderTests {

	@Test
	void whenItIsAScalarThenItIsRead() {
		assertThat(read("c0")).isNull();
		assertThat(read("c2")).isEqualTo(false);
		assertThat(read("c3")).isEqualTo(true);
		assertThat(read("7f")).isEqualTo(127L);
		assertThat(read("e0")).isEqualTo(-32L);
		assertThat(read("ccff")).isEqualTo(255L);
		assertThat(read("cdffff")).isEqualTo(65535L);
		assertThat(read("ceffffffff")).isEqualTo(4294967295L);
		assertThat(read("cf7fffffffffffffff")).isEqualTo(Long.MAX_VALUE);
		assertThat(read("cfffffffffffffffff")).isEqualTo(new BigInteger("18446744073709551615"));
		assertThat(read("d080")).isEqualTo(-128L);
		assertThat(read("d18000")).isEqualTo(-32768L);
		assertThat(read("d280000000")).isEqualTo(-2147483648L);
		assertThat(read("d38000000000000000")).isEqualTo(Long.MIN_VALUE);
		assertThat(read("ca3f000000")).isEqualTo(0.5);
		assertThat(read("cb3fe0000000000000")).isEqualTo(0.5);
	}

	@Test
	void whenItIsTextOrBytesThenItIsRead() {
		assertThat(read("a3c3a461")).isEqualTo("\u00e4a");
		assertThat(read("d90161")).isEqualTo("a");
		assertThat(read("da000161")).isEqualTo("a");
		assertThat(read("db0000000161")).isEqualTo("a");
		assertThat((byte[]) read("c4020102")).containsExactly(1, 2);
		assertThat((byte[]) read("c500020102")).containsExactly(1, 2);
		assertThat((byte[]) read("c6000000020102")).containsExactly(1, 2);
	}

	@Test
	void whenItIsAListOrMapThenItIsRead() {
		assertThat(read("93c001a161")).isEqualTo(Arrays.asList(null, 1L, "a"));
		assertThat(read("dc000101")).isEqualTo(List.of(1L));
		assertThat(read("dd0000000101")).isEqualTo(List.of(1L));
		assertThat(read("81a16190")).isEqualTo(Map.of("a", List.of()));
		assertThat(read("de00010180")).isEqualTo(Map.of("1", Map.of()));
		assertThat(read("df00000001a16101")).isEqualTo(Map.of("a", 1L));
	}

	@Test
	void whenItIsAnExtensionThenATimeOrItsBytes() {
		assertThat(read("d6ff00000001")).isEqualTo(Instant.ofEpochSecond(1));
		assertThat(read("d7ff0000000400000001")).isEqualTo(Instant.ofEpochSecond(1, 1));
		assertThat(read("c70cff00000001ffffffffffffffff")).isEqualTo(Instant.ofEpochSecond(-1, 1));
		assertThat((byte[]) read("d40507")).containsExactly(7);
		assertThat((byte[]) read("c8000205" + "0102")).containsExactly(1, 2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "c1", "a261", "d9ff61", "dd7fffffff", "df7fffffff", "c67fffffff", "9101c0", "8101",
			"cb00", "c703ff000000", "d6ff" })
	void whenItIsCutOffOrGoesOnOrLiesThenItIsRefused(String hex) {
		assertThatIllegalArgumentException().isThrownBy(() -> read(hex));
	}

	@Test
	void whenItIsNestedWithoutEndThenItIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> read("91".repeat(10_000) + "c0"))
			.withMessageContaining("nested deeper than 100");
	}

	private static Object read(String hex) {
		return new MessagePackReader(HexFormat.of().parseHex(hex)).read();
	}

}
