package io.flyteconnect.libraries;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Versions} and {@link Libraries} where everything fits.
 */
class VersionsTests {

	@ParameterizedTest
	@CsvSource({ "4.32.1, 4.34.2, -1", "4.34.2, 4.34.2, 0", "4.34.10, 4.34.9, 1", "5.0, 4.34.2, 1", "4.34, 4.34.0, 0",
			"4.2.15.Final, 4.2.15, 0", "4.2.7.Final, 4.2.15.Final, -1", "1.80.0-rc1, 1.80.0, 0", "x, 0, 0" })
	void whenComparedThenEachNumberCounts(String one, String other, int sign) {
		assertThat(Integer.signum(Versions.compare(one, other))).isEqualTo(sign);
	}

	@Test
	void whenEveryLibraryFitsThenNothingIsMixed() {
		assertThat(Libraries.mixture()).isNull();
		for (Library library : Library.values()) {
			assertThat(library.version()).as(library.artifact()).isNotNull();
		}
	}

	@Test
	void whenErrorIsAboutSomethingElseThenItIsNotExplained() {
		assertThat(Libraries.explain(new NoClassDefFoundError("com/example/Missing"))).isNull();
		assertThat(Libraries.explain(new IllegalStateException("io.grpc.Status"))).isNull();
	}

	@Test
	void whenErrorIsAboutOneOfTheLibrariesThenItsVersionsAreSaid() {
		for (LinkageError error : new LinkageError[] { new NoClassDefFoundError("io/grpc/InternalThing"),
				new NoSuchMethodError("'void com.google.protobuf.Message.newThing()'"),
				new ExceptionInInitializerError(new IllegalStateException("flyteidl.admin.TaskOuterClass")) }) {
			assertThat(Libraries.explain(new IllegalStateException(error))).contains("do not fit together",
					"protobuf-java ", "grpc-core ", "netty-handler ");
		}
	}

}
