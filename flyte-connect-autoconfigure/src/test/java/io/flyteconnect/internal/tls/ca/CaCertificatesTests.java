package io.flyteconnect.internal.tls.ca;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ObjectAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.testsupport.HangingFile;
import io.flyteconnect.testsupport.TestCertificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link CaCertificates}.
 */
class CaCertificatesTests {

	private Path directory;

	private TestCertificates certificates;

	@BeforeEach
	void makeCertificates(@TempDir Path directory) {
		this.directory = directory;
		this.certificates = TestCertificates.in(directory);
	}

	@Test
	void whenSeveralCertificatesWithCommentsThenAllAreReadInOrder() throws Exception {
		String text = "# our CA: since 2024 - until 2034\n" + Files.readString(this.certificates.caFile())
				+ "\nBag Attributes\n  friendlyName: other -- CA\n" + Files.readString(this.certificates.otherCaFile())
				+ "the end";
		assertThat(CaCertificates.read(file(text))).containsExactly(this.certificates.ca().getCertificate(),
				first(this.certificates.otherCaFile()));
	}

	@Test
	void whenLinesEndAsOnWindowsThenCertificateIsRead() throws Exception {
		String text = Files.readString(this.certificates.caFile()).replaceAll("\r?\n", "\r\n");
		assertThat(CaCertificates.read(file(text))).hasSize(1);
	}

	@Test
	void whenLabelIsAnotherKindOfCertificateThenItIsRead() throws Exception {
		String text = Files.readString(this.certificates.caFile());
		assertThat(CaCertificates.read(file(text.replace(" CERTIFICATE", " X509 CERTIFICATE")))).hasSize(1);
		assertThat(CaCertificates.read(file(text.replace(" CERTIFICATE", " TRUSTED CERTIFICATE")))).hasSize(1);
	}

	@Test
	void whenKeyStandsBesideCertificateThenKeyIsPassedOver() throws Exception {
		String text = Files.readString(this.certificates.serverKeyFile())
				+ Files.readString(this.certificates.caFile());
		assertThat(CaCertificates.read(file(text))).containsExactly(this.certificates.ca().getCertificate());
	}

	@Test
	void whenFileIsMissingThenErrorNamesPathAndRemedy() {
		Path missing = this.directory.resolve("no-such.pem");
		assertThatInvalid(missing).satisfies((ex) -> {
			assertThat(ex.getProperty()).isEqualTo("flyte.platform.ca-cert-file-path");
			assertThat(ex.getReason()).isEqualTo("The CA file '" + missing + "' does not exist.");
			assertThat(ex.getAction()).contains("Correct the path");
		});
	}

	@Test
	void whenDiskOfFileHangsThenErrorSaysSo() throws Exception {
		Path file = file(Files.readString(this.certificates.caFile()));
		try (HangingFile hanging = new HangingFile(file)) {
			assertThatInvalid(file).satisfies((ex) -> {
				assertThat(ex.getReason()).isEqualTo("The CA file '" + file
						+ "' cannot be reached: its disk or mount gives no answer (step: read).");
				assertThat(ex.getAction()).contains("Mend the disk or mount");
			});
		}
	}

	@Test
	void whenPathIsDirectoryThenErrorSaysSo() {
		assertThatInvalid(this.directory).extracting(InvalidFlyteConfigurationException::getReason)
			.isEqualTo("The CA file '" + this.directory + "' is a folder, not a file.");
	}

	@Test
	void whenFileCannotBeReadThenErrorNamesPath() throws Exception {
		Path loop = this.directory.resolve("loop.pem");
		Files.createSymbolicLink(loop, loop);
		assertThatInvalid(loop).extracting(InvalidFlyteConfigurationException::getReason)
			.asString()
			.contains(loop.toString())
			.contains("cannot be read");
	}

	@Test
	void whenFileHoldsNoCertificateThenErrorSaysWhatToDo() throws Exception {
		for (String text : List.of("", "not a certificate", Files.readString(this.certificates.serverKeyFile()))) {
			assertThatInvalid(file(text)).satisfies((ex) -> {
				assertThat(ex.getReason()).contains("ca-under-test.pem").contains("holds no certificate");
				assertThat(ex.getAction()).contains("PEM form").contains("openssl x509 -inform der");
				assertThat(ex.toString()).doesNotContain("PRIVATE");
			});
		}
	}

	@Test
	void whenFileIsInDerFormThenErrorSaysHowToTurnItIntoPem() throws Exception {
		Path der = this.directory.resolve("ca.der");
		Files.write(der, this.certificates.ca().getCertificate().getEncoded());
		assertThatInvalid(der).extracting(InvalidFlyteConfigurationException::getAction)
			.asString()
			.contains("openssl x509 -inform der");
	}

	@Test
	void whenGarbageStandsWithinSecondCertificateThenErrorNamesItsLine() throws Exception {
		String first = Files.readString(this.certificates.caFile()).strip() + "\n";
		String second = Files.readString(this.certificates.otherCaFile()).replace("\nMII", "\n%%% garbage %%%\nMII");
		long line = first.lines().count() + 1;
		assertThat(second).contains("garbage");
		assertThatInvalid(file(first + second)).extracting(InvalidFlyteConfigurationException::getReason)
			.asString()
			.contains("a certificate in line " + line + " that cannot be decoded");
	}

	@Test
	void whenCertificateIsCutOffThenErrorSaysSo() throws Exception {
		String text = Files.readString(this.certificates.caFile());
		assertThatInvalid(file(text.substring(0, text.length() / 2)))
			.extracting(InvalidFlyteConfigurationException::getReason)
			.asString()
			.contains("line 1 that is not ended by");
	}

	@Test
	void whenFirstCertificateHasNoEndThenSecondDoesNotHideIt() throws Exception {
		String text = Files.readString(this.certificates.caFile());
		String cut = text.substring(0, text.indexOf("-----END"));
		assertThatInvalid(file(cut + text)).extracting(InvalidFlyteConfigurationException::getReason)
			.asString()
			.contains("line 1 that is not ended by");
	}

	@Test
	void whenContentIsBase64OfSomethingElseThenErrorSaysSo() throws Exception {
		assertThatInvalid(file("-----BEGIN CERTIFICATE-----\naGVsbG8=\n-----END CERTIFICATE-----\n"))
			.extracting(InvalidFlyteConfigurationException::getReason)
			.asString()
			.contains("line 1 that cannot be decoded");
	}

	private X509Certificate first(Path file) {
		return CaCertificates.read(file).get(0);
	}

	private Path file(String text) throws Exception {
		Path file = this.directory.resolve("ca-under-test.pem");
		return Files.writeString(file, text, StandardCharsets.ISO_8859_1);
	}

	private static ObjectAssert<InvalidFlyteConfigurationException> assertThatInvalid(Path file) {
		return assertThatExceptionOfType(InvalidFlyteConfigurationException.class)
			.isThrownBy(() -> CaCertificates.read(file))
			.asInstanceOf(InstanceOfAssertFactories.type(InvalidFlyteConfigurationException.class));
	}

}
