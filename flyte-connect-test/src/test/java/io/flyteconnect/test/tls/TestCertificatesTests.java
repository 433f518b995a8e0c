package io.flyteconnect.test.tls;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TestCertificates}.
 */
@Tag("once")
class TestCertificatesTests {

	@Test
	void whenTheProcessIsToldToEndThenTheFolderOfItsCertificatesIsRemoved() throws Exception {
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp",
				System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
				RunningServer.class.getName())
			.redirectError(ProcessBuilder.Redirect.DISCARD)
			.start();
		try (BufferedReader output = process.inputReader()) {
			Path folder = folder(output);
			assertThat(folder.resolve("server-key.pem")).exists();
			process.destroy();
			assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
			assertThat(Files.exists(folder)).as(folder.toString()).isFalse();
		}
		finally {
			process.destroyForcibly();
		}
	}

	private static Path folder(BufferedReader output) throws Exception {
		String line;
		while ((line = output.readLine()) != null) {
			if (line.startsWith("FOLDER ")) {
				return Path.of(line.substring("FOLDER ".length()));
			}
		}
		throw new AssertionError("The process has ended");
	}

	@Test
	void whenTheyAreClosedThenTheFolderIsRemovedAtOnce() {
		TestCertificates certificates = TestCertificates.create();
		Path folder = certificates.caCertificate().getParent();
		assertThat(folder).exists();
		certificates.close();
		certificates.close();
		assertThat(folder).doesNotExist();
	}

}
