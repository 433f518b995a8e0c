package io.flyteconnect.internal.literal.struct;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Objects without a schema.
 */
class StructTests {

	@Test
	void whenItIsAMapThenAllOfItIsKept() {
		Map<String, Object> map = new LinkedHashMap<>();
		map.put("text", "a");
		map.put("whole", 7);
		map.put("fraction", 0.5);
		map.put("exact", new BigDecimal("0.1"));
		map.put("bool", true);
		map.put("nothing", null);
		map.put("list", Arrays.asList(1, "b", null, List.of()));
		map.put("map", Map.of("inner", Optional.of(3)));
		map.put("array", new int[] { 1, 2 });
		map.put("day", LocalDate.of(2026, 7, 1));
		map.put("time", Instant.EPOCH);
		map.put("wait", Duration.ofSeconds(3));
		Map<String, Object> read = StructReader.read(StructWriter.struct(map));
		assertThat(read).containsEntry("text", "a")
			.containsEntry("whole", 7L)
			.containsEntry("fraction", 0.5)
			.containsEntry("exact", 0.1)
			.containsEntry("bool", true)
			.containsEntry("nothing", null)
			.containsEntry("list", Arrays.asList(1L, "b", null, List.of()))
			.containsEntry("map", Map.of("inner", 3L))
			.containsEntry("array", List.of(1L, 2L))
			.containsEntry("day", "2026-07-01")
			.containsEntry("time", "1970-01-01T00:00:00Z")
			.containsEntry("wait", "PT3S")
			.hasSize(map.size());
	}

	@Test
	void whenItIsARecordOrBeanThenItsFieldsAreTaken() {
		Map<String, Object> read = StructReader
			.read(StructWriter.struct(new Order("a", 3, List.of(new Item("x", LocalDate.of(2026, 7, 1))))));
		assertThat(read)
			.isEqualTo(Map.of("name", "a", "count", 3L, "items", List.of(Map.of("name", "x", "day", "2026-07-01"))));
		assertThat(StructReader.read(StructWriter.struct(Map.of("order", new Item("y", LocalDate.EPOCH)))))
			.isEqualTo(Map.of("order", Map.of("name", "y", "day", "1970-01-01")));
		assertThat(JavaObjects.fromPlain(read, Order.class).items())
			.containsExactly(new Item("x", LocalDate.of(2026, 7, 1)));
	}

	@Test
	void whenSomethingWouldBeLostThenItIsRefused() {
		assertRefused(Map.of("id", (1L << 53) + 1), "the number 9007199254740993 at id is none that a double holds");
		assertRefused(Map.of("a", Map.of("b", Double.NaN)), "the number NaN at a.b");
		assertRefused(Map.of("a", BigInteger.TEN.pow(400)), "is none that a double holds");
		assertRefused(Map.of(1, 1), "the keys of a map must be text");
		assertRefused(JavaObjects.parseJson("{\"a\": [9007199254740993.0]}"), "the number 9007199254740993.0 at a[0]");
		assertRefused(Map.of("a", new BigDecimal("9007199254740993")), "at a is none that a double holds");
		assertRefused(Map.of("a", new BigDecimal("1e-400")), "at a is none that a double holds");
		assertThat(StructReader.read(StructWriter.struct(Map.of("a", new BigDecimal("1e300"))))).containsEntry("a",
				1e300);
		assertRefused(Map.of("a", List.of(Map.of(1, 1))), "the keys of a map must be text at a[0]");
	}

	@Test
	void whenAnObjectShowsNothingThenItIsRefused() {
		assertRefused(new Object(), "no properties discovered");
		assertRefused(new Hidden(), "no properties discovered");
		assertRefused(Map.of("a", List.of(1, new Hidden())), "the value at a[1]: No serializer found");
		assertRefused(Map.of("a", Optional.of(new Hidden())), "the value at a: No serializer found");
		assertRefused(Map.of("a", new Hidden[] { new Hidden() }), "the value at a[0]: No serializer found");
		assertRefused(Map.of("a", (Runnable) () -> {
		}), "the value at a is a lambda, which has no properties");
		assertRefused(new Holder(new Hidden()), "no properties discovered");
	}

	@Test
	void whenItIsNoObjectThenItIsRefused() {
		for (Object wrong : new Object[] { "a", 1, true, List.of(1), new int[0], LocalDate.EPOCH, null }) {
			assertRefused(wrong, "a map, record or bean is wanted");
		}
	}

	@Test
	void whenItHoldsItselfThenItIsRefused() {
		Map<String, Object> map = new HashMap<>();
		map.put("self", map);
		assertRefused(map, "nested deeper than 30 levels, or holds itself");
	}

	@Test
	void whenJsonIsCutOffOrGoesOnThenItIsRefused() {
		assertThat(JavaObjects.parseJson(" {\"a\": [1, 2.50]} "))
			.isEqualTo(Map.of("a", List.of(1, new BigDecimal("2.50"))));
		for (String wrong : List.of("{\"a\": ", "{} {}", "{a: 1}", "")) {
			assertThatIllegalArgumentException().isThrownBy(() -> JavaObjects.parseJson(wrong));
		}
	}

	private static void assertRefused(Object value, String message) {
		assertThatIllegalArgumentException().isThrownBy(() -> StructWriter.struct(value))
			.withMessageContaining(message);
	}

	record Order(String name, int count, List<Item> items) {
	}

	record Holder(Hidden hidden) {
	}

	static class Hidden {

		private final int secret = 5;

		@Override
		public String toString() {
			return "Hidden " + this.secret;
		}

	}

	record Item(String name, LocalDate day) {
	}

}
