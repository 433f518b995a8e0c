package io.flyteconnect.internal.tls.ca;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.testsupport.TestCertificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link CaFile}.
 */
@ExtendWith(OutputCaptureExtension.class)
class CaFileTests {

	@Test
	void whenTheExchangeFailsThenItIsTriedAgain(@TempDir Path folder, CapturedOutput output) throws Exception {
		TestCertificates certificates = TestCertificates.in(folder);
		Path file = Files.copy(certificates.caFile(), folder.resolve("changing.pem"));
		CaFile ca = CaFile.read("default", file);
		List<RuntimeException> failures = new CopyOnWriteArrayList<>(List.of(
				new InvalidFlyteConfigurationException("flyte.platform.ca-cert-file-path", null,
						"The certificates to trust cannot be loaded.", "Correct them.", null),
				new IllegalStateException("no provider")));
		List<List<X509Certificate>> used = new ArrayList<>();
		ca.onChange((found) -> {
			if (!failures.isEmpty()) {
				throw failures.remove(0);
			}
			used.add(found);
		});
		Files.copy(certificates.otherCaFile(), file, StandardCopyOption.REPLACE_EXISTING);
		ca.remedy();
		await().until(() -> failures.size() == 1);
		await().untilAsserted(() -> assertThat(ca.remedy()).contains("has changed and cannot be used"));
		await().untilAsserted(() -> {
			ca.remedy();
			assertThat(used).hasSize(1);
		});
		await().untilAsserted(() -> assertThat(output).containsOnlyOnce("has read the CA file"));
		assertThat(ca.certificates()).isEqualTo(used.get(0));
	}

	@Test
	void whenCertificatesAreOutOfDateThenTheyAreNamedAsTheFileIsReadAndAsTheTrustFails(@TempDir Path folder,
			CapturedOutput output) throws Exception {
		TestCertificates certificates = TestCertificates.in(folder);
		X509Bundle expired = certificates.authorityValid(Duration.ofDays(-9), Duration.ofDays(-2));
		X509Bundle early = certificates.authorityValid(Duration.ofDays(2), Duration.ofDays(9));
		Path file = Files.writeString(folder.resolve("old.pem"), Files.readString(certificates.caFile())
				+ expired.getCertificatePEM() + "\n" + early.getCertificatePEM());
		String named = "holds the certificate of " + expired.getCertificate().getSubjectX500Principal().getName()
				+ ", which has expired on " + expired.getCertificate().getNotAfter().toInstant()
				+ " and the certificate of " + early.getCertificate().getSubjectX500Principal().getName()
				+ ", which is not valid before " + early.getCertificate().getNotBefore().toInstant();
		CaFile ca = CaFile.read("reports", file);
		assertThat(output)
			.containsOnlyOnce("The CA file '" + file + "' of Flyte connection 'reports' " + named + ": put the new");
		assertThat(ca.remedy()).contains("'" + file + "'", "(which " + named + ")", ": add it there");
	}

	@Test
	void whenMoreThanThreeAreOutOfDateThenTheRestIsCounted(@TempDir Path folder, CapturedOutput output)
			throws Exception {
		TestCertificates certificates = TestCertificates.in(folder);
		String expired = certificates.authorityValid(Duration.ofDays(-9), Duration.ofDays(-2)).getCertificatePEM();
		CaFile.read("default", Files.writeString(folder.resolve("old.pem"), (expired + "\n").repeat(5)));
		assertThat(output).containsOnlyOnce(" and 2 more: put the new certificate");
	}

	@Test
	void whenAllAreInDateThenNothingIsSaid(@TempDir Path folder, CapturedOutput output) {
		assertThat(CaFile.read("default", TestCertificates.in(folder).caFile()).remedy()).doesNotContain("(which");
		assertThat(output).doesNotContain("The CA file");
	}

}
