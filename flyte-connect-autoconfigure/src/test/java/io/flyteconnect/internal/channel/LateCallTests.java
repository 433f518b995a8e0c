package io.flyteconnect.internal.channel;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.flyteconnect.config.HttpProxySettings.HttpProxy;
import io.flyteconnect.config.TlsSettings;
import io.flyteconnect.internal.channel.RecordingServer.Answer;
import io.flyteconnect.testsupport.FreePorts;
import io.flyteconnect.testsupport.TestCertificates;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a person reads where the deadline of a call ends while it is sent again.
 */
class LateCallTests {

	private static final String LATE = "The deadline of the call ended while it was sent again. Its last attempt ended by ";

	/** The pauses of the four default retries take at least 2.4 s together. */
	private static final Duration DEADLINE = Duration.ofSeconds(2);

	private final TestCertificates certificates;

	LateCallTests(@TempDir Path directory) {
		this.certificates = TestCertificates.in(directory);
	}

	@Test
	void whenConnectionCannotBeMadeThenDescriptionSaysWhy() throws Exception {
		int nobody = FreePorts.reserve();
		WireMockServer gateway = new WireMockServer(wireMockConfig().dynamicPort());
		gateway.start();
		gateway.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(503)
			.withHeader("Content-Type", "text/html")
			.withHeader("Set-Cookie", "session=abc123")
			.withBody("<html>later</html>")));
		try (Calls calls = new Calls();
				RecordingServer plaintext = RecordingServer.start();
				RecordingServer tls = RecordingServer
					.start((builder) -> builder.useTransportSecurity(this.certificates.serverCertificateFile().toFile(),
							this.certificates.serverKeyFile().toFile()))) {
			calls.read(TestConnection.to("admin.flyte.invalid", 81));
			calls.read(TestConnection.to("localhost", nobody));
			calls.read(TestConnection.to("localhost", gateway.port()));
			TestConnection encrypted = TestConnection.to(plaintext.port());
			encrypted.tls = new TlsSettings(false, false, null, null);
			calls.read(encrypted);
			TestConnection untrusted = TestConnection.to(tls.port());
			untrusted.tls = new TlsSettings(false, false, null, null);
			calls.read(untrusted);
			calls.read(TestConnection.to(tls.port()));
			TestConnection proxied = TestConnection.to("admin.flyte.test", 81);
			proxied.proxy = new HttpProxy("localhost", nobody, "flyte", "the-password");
			calls.read(proxied);
			assertThat(calls.next()).contains("admin.flyte.invalid:81 is not a known host name",
					"UnknownHostException");
			assertThat(calls.next()).contains("localhost:" + nobody + " cannot be reached", "Connection refused",
					"closed=[UNAVAILABLE, UNAVAILABLE");
			assertThat(calls.next()).contains("answered HTTP 503, not gRPC: a gateway is there")
				.doesNotContain("abc123", "<html>");
			assertThat(calls.next()).contains("does not speak TLS", "flyte.platform.insecure=true");
			assertThat(calls.next()).contains("is not trusted", "flyte.platform.ca-cert-file-path");
			assertThat(calls.next()).contains("flyte.platform.insecure should be false");
			assertThat(calls.next()).contains("where the proxy should be").doesNotContain("the-password");
		}
		finally {
			gateway.stop();
		}
	}

	@Test
	void whenServerRefusesThenItsOwnWordsAreThere() throws Exception {
		String text = "propeller: java.net.ConnectException: Connection refused";
		try (Calls calls = new Calls();
				RecordingServer refusing = RecordingServer.start();
				RecordingServer silent = RecordingServer.start()) {
			refusing
				.answer(Answer.of(Status.UNAVAILABLE.withDescription(text)).with("grpc-retry-pushback-ms", "60000"));
			silent.answer(Answer.of(Status.UNAVAILABLE).with("grpc-retry-pushback-ms", "1"), Answer.silence());
			calls.read(TestConnection.to(refusing.port()));
			TestConnection patient = TestConnection.to(silent.port());
			patient.perRetryTimeout = Duration.ZERO;
			calls.read(patient);
			assertThat(calls.next()).startsWith(LATE + "UNAVAILABLE: " + text + " (").doesNotContain("localhost:");
			assertThat(calls.next()).startsWith(LATE + "UNAVAILABLE (");
		}
	}

	@Test
	void whenServerItselfSaysThatItIsLateThenItsWordsStay() {
		try (RecordingServer server = RecordingServer.start();
				TestConnection connection = TestConnection.to(server.port())) {
			server.answer(Answer.of(Status.UNAVAILABLE.withDescription("starting")).with("grpc-retry-pushback-ms", "1"),
					Answer.of(Status.DEADLINE_EXCEEDED.withDescription("the database is slow")));
			Status status = connection.statusOfRead();
			assertThat(status.getCode()).isEqualTo(Code.DEADLINE_EXCEEDED);
			assertThat(status.getDescription()).isEqualTo("the database is slow");
			assertThat(status.getCause()).isNull();
		}
	}

	@Test
	void whenNothingFailedBeforeThenDescriptionIsThatOfGrpc() {
		try (RecordingServer server = RecordingServer.start();
				TestConnection connection = TestConnection.to(server.port())) {
			server.answer(Answer.silence());
			connection.perRetryTimeout = Duration.ZERO;
			connection.deadline = Duration.ofMillis(500);
			Status status = connection.statusOfRead();
			assertThat(status.getCode()).isEqualTo(Code.DEADLINE_EXCEEDED);
			assertThat(status.getDescription()).doesNotContain(LATE);
		}
	}

	/**
	 * Calls at the same time, which end in their order.
	 */
	private static final class Calls implements AutoCloseable {

		private final ExecutorService executor = Executors.newCachedThreadPool();

		private final List<TestConnection> connections = new ArrayList<>();

		private final List<Future<Status>> ends = new ArrayList<>();

		void read(TestConnection connection) {
			connection.deadline = DEADLINE;
			this.connections.add(connection);
			this.ends.add(this.executor.submit(connection::statusOfRead));
		}

		String next() throws Exception {
			Status status = this.ends.remove(0).get();
			assertThat(status.getCode()).isEqualTo(Code.DEADLINE_EXCEEDED);
			assertThat(status.getCause()).isInstanceOf(StatusException.class);
			assertThat(status.getDescription()).startsWith(LATE + "UNAVAILABLE").contains("eadline exceeded after");
			return String.valueOf(status.getDescription());
		}

		@Override
		public void close() {
			this.connections.forEach(TestConnection::close);
			this.executor.shutdownNow();
		}

	}

}
