package io.flyteconnect.internal.client;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import flyteidl.service.AdminServiceGrpc.AdminServiceBlockingStub;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.flyteconnect.config.AuthMode;
import io.flyteconnect.testsupport.HangingFile;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for a login whose client secret is on a mount that hangs for a while.
 */
@Tag("fault")
@ExtendWith(OutputCaptureExtension.class)
class HangingSecretTests {

	@TempDir
	Path folder;

	@Test
	void whenARefusedSecretHangsThenTheRefusalStandsAndTheNextSecretIsTakenAtOnce() throws Exception {
		Path secret = Files.writeString(this.folder.resolve("secret"), "0ld");
		try (TestLogin login = new TestLogin()) {
			login.answer(aResponse().withStatus(401).withBody("{\"error\":\"invalid_client\"}"));
			AdminServiceBlockingStub stub = login.connect(AuthMode.CLIENT_CREDENTIALS, (credentials) -> {
				credentials.property("flyte.credentials.client-id", "id");
				credentials.property("flyte.credentials.client-secret-location", secret.toString());
			});
			assertThat(TestLogin.failure(stub)).hasMessageContaining("invalid_client");
			int asked = login.tokenRequests().size();
			try (HangingFile hanging = new HangingFile(secret)) {
				for (int i = 0; i < 3; i++) {
					assertThat(TestLogin.failure(stub)).hasMessageContaining("invalid_client");
				}
			}
			Files.writeString(secret, "n3w");
			login.grant("token-1", "");
			await().ignoreExceptions().untilAsserted(() -> TestLogin.version(stub));
			assertThat(login.tokenRequests()).hasSize(asked + 1);
		}
	}

	@Test
	void whenTheFileOfTheSecretHangsThenThatIsSaidAndTheLoginGoesOnOnceItIsMended(CapturedOutput output)
			throws Exception {
		Path secret = Files.writeString(this.folder.resolve("secret"), "s3cret");
		try (TestLogin login = new TestLogin()) {
			login.grant("token-1", "");
			AdminServiceBlockingStub stub = login.connect(AuthMode.CLIENT_CREDENTIALS, (credentials) -> {
				credentials.property("flyte.credentials.client-id", "id");
				credentials.property("flyte.credentials.client-secret-location", secret.toString());
			});
			try (HangingFile hanging = new HangingFile(secret)) {
				StatusRuntimeException failure = TestLogin.failure(stub);
				assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
				assertThat(failure).hasMessageContaining("(step: credentials)")
					.hasMessageContaining("the file " + secret
							+ " cannot be reached: its disk or mount gives no answer (step: read)");
				assertThat(output).contains("its disk or mount gives no answer");
				login.move(Duration.ofMinutes(1));
				assertThat(TestLogin.failure(stub)).hasMessageContaining("gives no answer");
			}
			await().untilAsserted(() -> {
				login.move(Duration.ofMinutes(1));
				TestLogin.version(stub);
			});
			assertThat(login.tokenRequests()).hasSize(1);
		}
	}

}
