package io.flyteconnect.samples.dashboard.web;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

import io.flyteconnect.samples.dashboard.EmbeddedDashboard;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Names that the dashboard is asked by.
 */
@EmbeddedDashboard
class KnownHostTests {

	@LocalServerPort
	int port;

	@ParameterizedTest
	@ValueSource(strings = { "evil.example", "evil.example:8080", "localhost.evil.example", "127.0.0.1.evil.example",
			"169.254.169.254", "dashboard.example" })
	void whenTheNameIsOfAnotherThenNothingIsShown(String host) throws IOException {
		String answer = get(host);
		assertThat(answer).startsWith("HTTP/1.1 421").contains("dashboard.hosts").doesNotContain("flytesnacks");
		assertThat(answer).doesNotContain(host);
	}

	@ParameterizedTest
	@ValueSource(strings = { "localhost", "LOCALHOST:1", "127.0.0.1:8080", "[::1]:8080" })
	void whenTheNameIsOfTheLoopbackThenThePageIsShown(String host) throws IOException {
		assertThat(get(host)).startsWith("HTTP/1.1 200").contains("Executions of flytesnacks");
	}

	@Test
	void whenTheFormComesFromAPageOfThatNameThenItIsRefused() throws IOException {
		String answer = send("POST /executions HTTP/1.1\r\nHost: evil.example\r\nOrigin: http://evil.example\r\n"
				+ "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 0\r\n");
		assertThat(answer).startsWith("HTTP/1.1 421");
	}

	private String get(String host) throws IOException {
		return send("GET / HTTP/1.1\r\nHost: " + host + "\r\n");
	}

	// The JDK's client does not let a host be told.
	private String send(String head) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			socket.getOutputStream().write((head + "Connection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
			InputStream answer = socket.getInputStream();
			return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

}
