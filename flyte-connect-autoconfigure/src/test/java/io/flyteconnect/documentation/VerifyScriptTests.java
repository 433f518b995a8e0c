package io.flyteconnect.documentation;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code ./verify} says of a machine, which has nothing on its path but what a test
 * puts there, and what it hands to Maven.
 */
@Tag("once")
class VerifyScriptTests {

	private static final List<String> SHELL = List.of("dirname", "xargs", "echo", "head", "tail", "sed", "sort", "env",
			"grep", "mktemp", "rm");

	@TempDir
	private Path programs;

	private Path jdk;

	@BeforeEach
	void install() throws Exception {
		for (String name : SHELL) {
			Files.createSymbolicLink(this.programs.resolve(name), onThePath(name));
		}
		for (String name : List.of("javac", "chromium", "chromedriver", "initdb", "perl", "runuser")) {
			program(this.programs.resolve(name), "");
		}
		program(this.programs.resolve("npm"), "echo 10.8.2");
		program(this.programs.resolve("node"), "echo v20.20.2");
		program(this.programs.resolve("id"), "echo 0");
		program(this.programs.resolve("go"), "echo go version go1.26.8 linux/amd64");
		this.jdk = Files.createDirectories(this.programs.resolve("jdk/bin")).getParent();
		program(this.jdk.resolve("bin/javac"), "");
		maven("3.9.9", "21.0.2");
	}

	@Test
	void whenAllIsThereThenItSaysSo() throws Exception {
		assertThat(check()).isEqualTo("0 Everything that the tests need is installed.");
	}

	@ParameterizedTest
	@CsvSource({ "3.8.7, 17.0.15", "3.8.10, 25", "4.0.0, 17.0.1" })
	void whenTheVersionsWillDoThenAllIsThere(String maven, String java) throws Exception {
		maven(maven, java);
		assertThat(check()).startsWith("0 ");
	}

	@ParameterizedTest
	@CsvSource({ "javac, default-jdk-headless", "npm, npm", "chromium, chromium", "chromedriver, chromium-driver",
			"perl, perl", "go, golang-go", "mvn, maven" })
	void whenAProgramIsMissingThenItsPackageIsNamed(String program, String name) throws Exception {
		Files.delete(this.programs.resolve(program));
		assertThat(check())
			.isEqualTo("1 The tests need Debian's packages " + name + ", which are missing: ./verify installs them");
	}

	@Test
	void whenSeveralAreMissingThenOneLineNamesAll() throws Exception {
		for (String name : List.of("chromedriver", "chromium", "mvn")) {
			Files.delete(this.programs.resolve(name));
		}
		assertThat(check()).startsWith("1 The tests need Debian's packages maven chromium chromium-driver, ");
	}

	@ParameterizedTest
	@CsvSource({ "3.6.3", "3.8.6", "2.2.1" })
	void whenMavenIsTooOldThenTheVersionIsNamed(String version) throws Exception {
		maven(version, "17.0.15");
		assertThat(check()).isEqualTo("1 The build needs Maven 3.8.7 or newer, and " + this.programs.resolve("mvn")
				+ " is Maven " + version + ": put a newer one on the PATH.");
	}

	@ParameterizedTest
	@CsvSource({ "11.0.22, 11", "1.8.0_402, 1", "16, 16" })
	void whenMavenRunsOnAnOldJavaThenItIsNamed(String version, String named) throws Exception {
		maven("3.9.9", version);
		assertThat(check()).isEqualTo("1 The build needs Java 17 or newer, and Maven runs on Java " + named + " ("
				+ this.jdk + "): set JAVA_HOME to a newer JDK.");
	}

	@Test
	void whenMavenRunsOnARuntimeWithoutACompilerThenThatIsSaid() throws Exception {
		Files.delete(this.jdk.resolve("bin/javac"));
		assertThat(check()).isEqualTo("1 The build needs a JDK, and " + this.jdk
				+ ", on which Maven runs, has no javac: set JAVA_HOME to a JDK.");
	}

	@Test
	void whenMavenDoesNotStartThenWhatItSaysIsTold() throws Exception {
		program(this.programs.resolve("mvn"), "echo The JAVA_HOME environment variable is not defined >&2; exit 1");
		assertThat(check()).isEqualTo("1 Maven does not start: The JAVA_HOME environment variable is not defined");
	}

	@ParameterizedTest
	@CsvSource({ "7.0.0, v18.0.0", "9.2.0, v18.20.4", "11.19.1, v24.1.0" })
	void whenNpmAndNodeWillDoThenAllIsThere(String npm, String node) throws Exception {
		program(this.programs.resolve("npm"), "echo " + npm);
		program(this.programs.resolve("node"), "echo " + node);
		assertThat(check()).startsWith("0 ");
	}

	@ParameterizedTest
	@CsvSource({ "6.14.18", "5.8.0", "1.4.21" })
	void whenNpmIsTooOldThenTheVersionIsNamed(String version) throws Exception {
		program(this.programs.resolve("npm"), "echo " + version);
		assertThat(check()).isEqualTo("1 The build needs npm 7 or newer, and " + this.programs.resolve("npm")
				+ " is npm " + version + ": put a newer one on the PATH.");
	}

	@ParameterizedTest
	@CsvSource({ "16.20.2", "12.22.12", "8.17.0" })
	void whenNodeIsTooOldThenTheVersionIsNamed(String version) throws Exception {
		program(this.programs.resolve("node"), "echo v" + version);
		assertThat(check()).isEqualTo("1 The build needs Node.js 18 or newer, and " + this.programs.resolve("node")
				+ " is Node.js " + version + ": put a newer one on the PATH.");
	}

	@ParameterizedTest
	@CsvSource({ "1.18.10, 1", "1.4, 1", "1.19, 0", "1.19.8, 0", "1.24.4, 0", "1.26, 0" })
	void whenGoIsTooOldThenTheVersionIsNamed(String version, int code) throws Exception {
		program(this.programs.resolve("go"), "echo go version go" + version + " linux/amd64");
		assertThat(check()).isEqualTo((code == 0) ? "0 Everything that the tests need is installed."
				: "1 The tests need Go 1.19 or newer, and " + this.programs.resolve("go") + " is Go " + version
						+ ": put a newer one on the PATH.");
	}

	@Test
	void whenGoDoesNotStartThenWhatItSaysIsTold() throws Exception {
		program(this.programs.resolve("go"), "echo 'go: cannot find GOROOT' >&2; exit 2");
		assertThat(check()).isEqualTo("1 Go does not start: go: cannot find GOROOT");
	}

	@Test
	void whenNpmWarnsBeforeItsVersionThenTheVersionCounts() throws Exception {
		program(this.programs.resolve("npm"),
				"echo 'npm WARN npm npm does not support Node.js v18.19.0' >&2; echo 5.10.0");
		assertThat(check()).contains(" is npm 5.10.0: ").startsWith("1 ");
	}

	@Test
	void whenNpmDoesNotStartThenWhatItSaysIsTold() throws Exception {
		program(this.programs.resolve("npm"), "echo 'npm: node: not found' >&2; exit 127");
		assertThat(check()).isEqualTo("1 npm does not start: npm: node: not found");
	}

	@Test
	void whenAptGetEndsWellButAProgramIsStillMissingThenMavenDoesNotStart() throws Exception {
		Files.delete(this.programs.resolve("npm"));
		Files.delete(this.programs.resolve("chromium"));
		aptGet("echo Setting up npm; printf '#!/bin/sh\\necho 9.2.0' >" + this.programs.resolve("npm") + "; chmod 755 "
				+ this.programs.resolve("npm"));
		assertThat(verify()).matches("""
				1 Installing npm chromium
				The tests need the programs of Debian's packages chromium, and apt-get has ended without an error, \
				but they are still missing: install them by hand \\(all it said: .*\\)""");
	}

	@Test
	void whenAptGetInstallsWhatIsMissingThenMavenStarts() throws Exception {
		Files.delete(this.programs.resolve("npm"));
		aptGet("printf '#!/bin/sh\\necho 9.2.0' >" + this.programs.resolve("npm") + "; chmod 755 "
				+ this.programs.resolve("npm"));
		assertThat(verify("-o")).startsWith("0 Installing npm\n").contains("mvn -B -ntp -T 2 -Pside-by-side -o verify");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"echo Reading; echo E: Unable to locate package npm; echo E: later; exit 100|E: Unable to locate package npm",
			"echo Reading; echo dpkg was interrupted >&2; echo; exit 100|dpkg was interrupted",
			"printf 'no line ends here'; exit 1|no line ends here", "exit 100|it said nothing" })
	void whenAptGetFailsThenItsReasonIsGiven(String script, String reason) throws Exception {
		Files.delete(this.programs.resolve("npm"));
		aptGet(script);
		assertThat(verify()).contains(", and apt-get cannot install them: " + reason + " (all it said: ")
			.startsWith("1 ")
			.doesNotContain("mvn -B");
	}

	@Test
	void whenVariablesAreSettingsThenMavenDoesNotSeeThemInWhateverCase() throws Exception {
		ProcessBuilder builder = builder();
		for (String name : List.of("FLYTE_PLATFORM_URL", "flyte_platform_url", "Flyte_Platform_Url",
				"flyte.platform.url", "FLYTECTL_CONFIG", "_FLYTE_SECRET", "_fsec_x", "spring_profiles_active",
				"spring.profiles.active", "SPRING_APPLICATION_JSON")) {
			builder.environment().put(name, "of-the-developer");
		}
		builder.environment().put("SPRINGFIELD", "stays\nflyte_as_well=yes");
		assertThat(run(builder)).startsWith("0 ")
			.contains("SPRINGFIELD=stays\nflyte_as_well=yes", "mvn -B -ntp -T 2 -Pside-by-side verify")
			.doesNotContain("of-the-developer");
	}

	private void aptGet(String script) throws IOException {
		// What it is asked for first, "update", has nothing to say.
		program(this.programs.resolve("apt-get"), "[ \"$1\" = install ] || exit 0; " + script);
		Files.createSymbolicLink(this.programs.resolve("chmod"), onThePath("chmod"));
	}

	private void maven(String version, String java) throws IOException {
		program(this.programs.resolve("mvn"),
				"[ \"$1\" = -v ] || { env; echo mvn \"$@\"; exit; }; printf '%s\\n' 'Apache Maven " + version
						+ " (0000)' 'Maven home: /opt/maven' 'Java version: " + java + ", vendor: Somebody, runtime: "
						+ this.jdk + "'");
	}

	private static void program(Path file, String script) throws IOException {
		Files.writeString(file, "#!" + onThePath("sh") + "\n" + script + "\n");
		Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
	}

	private static Path onThePath(String program) {
		return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
			.map((folder) -> Path.of(folder, program))
			.filter(Files::isExecutable)
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("There is no " + program));
	}

	private String check() throws Exception {
		return verify("check");
	}

	private String verify(String... arguments) throws Exception {
		return run(builder(arguments));
	}

	private ProcessBuilder builder(String... arguments) {
		ProcessBuilder builder = new ProcessBuilder(onThePath("bash").toString(),
				MessagesTests.ROOT.resolve("verify").toString())
			.redirectErrorStream(true);
		builder.command().addAll(List.of(arguments));
		builder.environment().put("PATH", this.programs.toString());
		builder.environment().put("TMPDIR", this.programs.toString());
		builder.environment().remove("JAVA_HOME");
		return builder;
	}

	// The exit code, and all that was printed.
	private static String run(ProcessBuilder builder) throws Exception {
		Process process = builder.start();
		String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
		return process.waitFor() + " " + said;
	}

}
