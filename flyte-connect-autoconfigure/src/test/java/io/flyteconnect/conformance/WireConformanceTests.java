package io.flyteconnect.conformance;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Replays what flytekit sent and was answered, over real sockets.
 */
class WireConformanceTests {

	static final String KIND = "wire";

	@TempDir
	static Path temporary;

	@Test
	void everyCaseIsThere() {
		assertThat(ConformanceCases.own(KIND)).hasSize(21);
	}

	@ParameterizedTest
	@EnumSource(WireRule.class)
	void everyRuleIsExplainedBesideTheCases(WireRule rule) throws Exception {
		assertThat(new ClassPathResource("conformance/README.md").getContentAsString(StandardCharsets.UTF_8))
			.contains("\n| `" + rule.id() + "` | ");
	}

	@TestFactory
	Stream<DynamicTest> wireAsFlytekit() {
		return ConformanceCases.all(KIND)
			.map((source) -> DynamicTest.dynamicTest(ConformanceCases.name(source),
					() -> new WireReplay(source, temporary.resolve(source.getFileName()))
						.check(ConformanceCases.isOwn(source))));
	}

}
