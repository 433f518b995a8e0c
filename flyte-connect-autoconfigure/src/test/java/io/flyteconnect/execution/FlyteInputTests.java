package io.flyteconnect.execution;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import flyteidl.core.Types.LiteralType;
import flyteidl.core.Types.SimpleType;
import org.junit.jupiter.api.Test;

import io.flyteconnect.literal.FlyteLiterals;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FlyteInput}.
 */
class FlyteInputTests {

	private static final LiteralType STRUCT = LiteralType.newBuilder().setSimple(SimpleType.STRUCT).build();

	@Test
	void whenTheDefaultIsAStructThenItIsShownAsTheJsonThatALaunchTakes() {
		assertThat(line(Map.of("a", 1))).isEqualTo("config: struct = {\"a\": 1}");
		assertThat(line(Map.of("a", List.of("x", true, 1.5))))
			.isEqualTo("config: struct = {\"a\": [\"x\", true, 1.5]}");
		assertThat(line(Map.of("a", Arrays.asList("tab\t", null))))
			.isEqualTo("config: struct = {\"a\": [\"tab\\t\", null]}");
		assertThat(line(Map.of("a", Map.of("b", "\"\\\n"))))
			.isEqualTo("config: struct = {\"a\": {\"b\": \"\\\"\\\\\\n\"}}");
		assertThat(line(Map.of())).isEqualTo("config: struct = {}");
	}

	private static String line(Map<String, ?> value) {
		return new FlyteInput("config", STRUCT, "", false, false, FlyteLiterals.toLiteral(value, STRUCT)).toString();
	}

}
