package io.flyteconnect.integration.conformance.wire.replay;

import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import io.flyteconnect.integration.conformance.ConformanceCases;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Replays what flytekit sent and was answered, over real sockets.
 */
@Tag("once")
public class WireConformanceTests {

	public static final String KIND = "wire";

	@TempDir
	public static Path temporary;

	@Test
	public void everyCaseIsThere() {
		assertThat(ConformanceCases.own(KIND)).hasSize(25);
	}

	@TestFactory
	public Stream<DynamicTest> wireAsFlytekit() {
		return ConformanceCases.all(KIND)
			.map((source) -> DynamicTest.dynamicTest(ConformanceCases.name(source),
					() -> new WireReplay(source, temporary.resolve(source.getFileName()))
						.check(ConformanceCases.isOwn(source))));
	}

}
