package io.flyteconnect.internal.channel;

import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

import io.grpc.Status;
import io.grpc.Status.Code;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.flyteconnect.config.HttpProxySettings.HttpProxy;
import io.flyteconnect.testsupport.TestProxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What a forward proxy that asks for a password sees of a connection.
 */
class ProxyRefusalTests {

	private @Nullable PasswordAuthentication user;

	@AfterEach
	void forgetTheUser() {
		Authenticator.setDefault(null);
	}

	@Test
	void whenPasswordIsWrongThenTheProxySeesItOnceHoweverManyCallsFail() {
		try (TestProxy proxy = TestProxy.start("flyte", "right");
				TestConnection connection = TestConnection.to("admin.flyte.test", 443)) {
			connection.proxy = new HttpProxy("localhost", proxy.port(), "flyte", "wrong-password");
			connection.maxBackoffDelay = Duration.ofMillis(50);
			for (int i = 0; i < 3; i++) {
				for (Status status : new Status[] { connection.statusOfRead(), connection.statusOfWrite() }) {
					assertThat(status.getCode()).isEqualTo(Code.UNAVAILABLE);
					assertThat(status.getDescription()).startsWith("admin.flyte.test:443 cannot be reached")
						.contains("(status 407)", "flyte.platform.http-proxy-url", "http://user:password@host:port")
						.doesNotContain("wrong-password");
				}
			}
			// gRPC connects anew by itself a second after the first time.
			await().during(Duration.ofMillis(1500)).until(() -> proxy.requests().size() == 1);
		}
	}

	@Test
	void whenAnotherPasswordIsThereThenItIsTriedAtOnce() {
		Authenticator.setDefault(new Authenticator() {
			@Override
			protected @Nullable PasswordAuthentication getPasswordAuthentication() {
				return ProxyRefusalTests.this.user;
			}
		});
		this.user = new PasswordAuthentication("flyte", "wrong".toCharArray());
		try (RecordingServer server = RecordingServer.start();
				TestProxy proxy = TestProxy.start("flyte", "right");
				TestConnection connection = TestConnection.to("admin.flyte.test", server.port())) {
			connection.proxy = new HttpProxy("localhost", proxy.port(), null, null);
			connection.maxBackoffDelay = Duration.ofMillis(50);
			assertThat(connection.statusOfRead().getDescription())
				.contains("the user and password of the application's java.net.Authenticator (status 407)");
			assertThat(proxy.requests()).hasSize(1);
			this.user = new PasswordAuthentication("flyte", "right".toCharArray());
			connection.statusOfRead();
			assertThat(connection.statusOfRead().getCode()).isEqualTo(Code.OK);
			String wrong = Base64.getEncoder().encodeToString("flyte:wrong".getBytes(StandardCharsets.UTF_8));
			// A connection attempt of before the change may be under way.
			assertThat(proxy.heads().stream().filter((head) -> head.contains(wrong))).hasSizeLessThanOrEqualTo(2);
		}
	}

	@Test
	void whenNoUserIsSetThenDescriptionSaysWhereItGoes() {
		try (TestProxy proxy = TestProxy.start("flyte", "right");
				TestConnection connection = TestConnection.to("admin.flyte.test", 443)) {
			connection.proxy = new HttpProxy("localhost", proxy.port(), null, null);
			connection.maxRetries = 0;
			assertThat(connection.statusOfRead().getDescription()).contains("through the proxy",
					"asks for a user and password (status 407), and none is set",
					"set them in flyte.platform.http-proxy-url as http://user:password@host:port");
		}
	}

	@Test
	void whenProxyOffersOnlyOtherWaysThenDescriptionSaysSo() {
		try (TestProxy proxy = TestProxy.start();
				TestConnection connection = TestConnection.to("admin.flyte.test", 443)) {
			proxy.answerWith("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: NTLM\r\n"
					+ "Content-Length: 0\r\n\r\n");
			connection.proxy = new HttpProxy("localhost", proxy.port(), "flyte", "right");
			connection.maxRetries = 0;
			assertThat(connection.statusOfRead().getDescription()).contains("not by user and password (Basic)");
		}
	}

}
