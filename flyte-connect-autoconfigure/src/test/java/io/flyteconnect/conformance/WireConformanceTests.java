package io.flyteconnect.conformance;

import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Replays what flytekit sent and was answered, over real sockets.
 */
class WireConformanceTests {

	static final String KIND = "wire";

	@TempDir
	static Path temporary;

	@TestFactory
	Stream<DynamicTest> wireAsFlytekit() {
		return ConformanceCases.all()
			.filter((source) -> ConformanceCase.kind(source).equals(KIND))
			.map((source) -> DynamicTest.dynamicTest(source.getFileName().toString(),
					() -> new WireReplay(source, temporary.resolve(source.getFileName()))
						.check(ConformanceCases.isOwn(source))));
	}

}
