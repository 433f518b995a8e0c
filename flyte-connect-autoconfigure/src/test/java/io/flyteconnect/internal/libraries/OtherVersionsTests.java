package io.flyteconnect.internal.libraries;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a person reads whose build holds a library at another version, with the real jars
 * on the class path of a process of its own.
 */
@Tag("once")
class OtherVersionsTests {

	private static final Path JARS = Path.of("target", "other-versions");

	@Test
	void whenProtobufIsOlderThanTheMessagesThenTheFailureAnalysisSaysWhatIsNeeded() throws Exception {
		assertThat(start(false, "protobuf-java"))
			.contains("APPLICATION FAILED TO START",
					"do not fit together: protobuf-java 4.32.1 (4.34.2 or newer is needed)",
					"Detected incompatible Protobuf Gencode/Runtime versions", "protobuf-java.version=4.34.2")
			.doesNotContain("threw exception with message: null");
	}

	@Test
	void whenTheConnectionIsMadeAtTheFirstCallOnlyThenTheFailureAnalysisSaysTheSame() throws Exception {
		assertThat(start(true, "protobuf-java")).contains("APPLICATION FAILED TO START",
				"protobuf-java 4.32.1 (4.34.2 or newer is needed)", "protobuf-java.version=4.34.2");
	}

	@Test
	void whenTheCoreOfGrpcIsOlderThanItsNettyThenEachVersionIsNamed() throws Exception {
		assertThat(start(false, "grpc-core")).contains("do not fit together",
				"grpc-core 1.62.2 (1.80.0 or newer is needed)", "grpc-netty 1.80.0", "grpc-java.version=1.80.0");
	}

	@Test
	void whenTheApiOfGrpcIsOlderThanItsCoreThenEachVersionIsNamed() throws Exception {
		assertThat(start(false, "grpc-api")).contains("do not fit together",
				"grpc-api 1.62.2 (1.80.0 or newer is needed)", "grpc-core 1.80.0", "grpc-java.version=1.80.0");
	}

	private static String start(boolean lazy, String artifact) throws IOException, InterruptedException {
		Path output = Files.createTempFile("flyte-other-versions", ".txt");
		try {
			List<String> command = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
					"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:+UnlockDiagnosticVMOptions",
					"-XX:-BytecodeVerificationRemote", "-Xshare:auto", "-Dlazy=" + lazy, "-cp", classPath(artifact),
					OtherVersionsApplication.class.getName(), "--flyte.config-file=none",
					"--flyte.platform.url=localhost:1", "--flyte.platform.insecure=true",
					"--flyte.channel.max-retries=0", "--flyte.channel.deadline=20s",
					"--spring.main.web-application-type=none");
			Process process = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(output.toFile())
				.start();
			process.waitFor();
			return Files.readString(output, StandardCharsets.UTF_8);
		}
		finally {
			Files.delete(output);
		}
	}

	private static String classPath(String artifact) throws IOException {
		String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		try (Stream<Path> jars = Files.list(JARS)) {
			Path other = jars.filter((jar) -> jar.getFileName().toString().matches(artifact + "-\\d.*"))
				.findFirst()
				.orElseThrow();
			return other.toAbsolutePath() + File.pathSeparator
					+ Arrays.stream(path.split(File.pathSeparator))
						.filter((entry) -> !new File(entry).getName().matches(artifact + "-\\d.*"))
						.collect(Collectors.joining(File.pathSeparator));
		}
	}

}
