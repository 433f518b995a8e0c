package io.flyteconnect.conformance;

import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Replays what flytekit sent and was answered, over real sockets.
 */
@Tag("once")
class WireConformanceTests {

	static final String KIND = "wire";

	@TempDir
	static Path temporary;

	@Test
	void everyCaseIsThere() {
		assertThat(ConformanceCases.own(KIND)).hasSize(25);
	}

	@TestFactory
	Stream<DynamicTest> wireAsFlytekit() {
		return ConformanceCases.all(KIND)
			.map((source) -> DynamicTest.dynamicTest(ConformanceCases.name(source),
					() -> new WireReplay(source, temporary.resolve(source.getFileName()))
						.check(ConformanceCases.isOwn(source))));
	}

}
