package io.flyteconnect.autoconfigure.aot;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import flyteidl.admin.ExecutionOuterClass.ExecutionCreateRequest;
import flyteidl.core.Literals.Literal;
import flyteidl.core.Types.SimpleType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.aot.test.agent.RuntimeHintsRecorder;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.jdbc.core.JdbcOperations;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FlyteRuntimeHints}.
 */
@Tag("once")
@SuppressWarnings({ "deprecation", "removal" })
class FlyteRuntimeHintsTests {

	@Test
	void whenAnApplicationIsProcessedThenTheHintsAreFound() {
		assertThat(SpringFactoriesLoader.forResourceLocation("META-INF/spring/aot.factories")
			.load(RuntimeHintsRegistrar.class)).hasAtLeastOneElementOfType(FlyteRuntimeHints.class);
	}

	@Test
	void whenHintsAreRegisteredThenResourcesOptionalTypesAndMessagesAreThere() {
		RuntimeHints hints = new RuntimeHints();
		new FlyteRuntimeHints().registerHints(hints, getClass().getClassLoader());
		assertThat(RuntimeHintsPredicates.resource().forResource("io/flyteconnect/internal/channel/version.properties"))
			.accepts(hints);
		assertThat(
				RuntimeHintsPredicates.resource().forResource("io/flyteconnect/internal/libraries/needed.properties"))
			.accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection().onType(JdbcOperations.class)).accepts(hints);
		for (Class<?> message : List.of(ExecutionCreateRequest.class, Literal.class, Literal.Builder.class,
				SimpleType.class)) {
			assertThat(RuntimeHintsPredicates.reflection()
				.onType(message)
				.withMemberCategory(MemberCategory.INVOKE_PUBLIC_METHODS)).accepts(hints);
		}
	}

	/** For all that tests do, see {@code src/native/hints.sh}. */
	@Test
	void whenAnApplicationRunsThenNothingIsFoundByReflectionThatANativeImageLacks(@TempDir Path folder)
			throws Exception {
		Path agent = Path.of(RuntimeHintsRecorder.class.getProtectionDomain().getCodeSource().getLocation().toURI());
		Process process = new ProcessBuilder(Path.of(System
			.getProperty("java.home"), "bin", "java").toString(), "-javaagent:" + agent
					+ "=+io.flyteconnect,+org.springframework.boot.context.properties.bind,+org.springframework.beans,-org.springframework.beans.factory",
				"-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
				RecordedApplication.class.getName(), folder.toString())
			.redirectErrorStream(true)
			.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).as(output).isZero();
		assertThat(output.lines().filter((line) -> line.startsWith("RECORDED ")).toList()).as(output)
			.singleElement()
			.isNotEqualTo("RECORDED 0");
		assertThat(output.lines().filter((line) -> line.startsWith("MISSING ")).toList()).isEmpty();
	}

}
