package io.flyteconnect.network;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

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

}
