package io.flyteconnect.internal.grant.pkce;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.flyteconnect.testsupport.FreePorts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link CallbackConnections}.
 */
@Tag("fault")
class CallbackConnectionsTests {

	/** How many may be open without a whole request. */
	private static final int MOST = 200;

	private static final String REST = " /callback?state=other HTTP/1.1\r\nHost: localhost\r\n\r\n";

	private final int port = FreePorts.reserve();

	private final CallbackServer server = new CallbackServer("default",
			URI.create("http://127.0.0.1:" + this.port + "/callback"), "state");

	private final List<Socket> sockets = new ArrayList<>();

	@AfterEach
	void close() throws IOException {
		for (Socket socket : this.sockets) {
			socket.close();
		}
		this.server.close();
	}

	@Test
	void whenALoginFollowsAnotherThenItsPortIsFree() throws IOException {
		int again = FreePorts.reserve();
		for (int login = 0; login < 50; login++) {
			try (CallbackServer next = new CallbackServer("next", URI.create("http://localhost:" + again + "/callback"),
					"state"); Socket visit = new Socket("127.0.0.1", again)) {
				assertThat(visit.isConnected()).isTrue();
			}
		}
	}

	@Test
	void whenAsManyHangAsMayThenEachIsStillAnswered() throws IOException {
		List<Socket> hanging = hang(MOST);
		for (Socket socket : hanging) {
			assertThat(finish(socket)).startsWith("HTTP/1.1 400 ");
		}
	}

	@Test
	void whenMoreHangThenTheOldestAreClosedAndTheOthersAnswered() throws IOException {
		List<Socket> hanging = hang(MOST + 3);
		// The server takes connections in their order, so it has seen all of them.
		assertThat(finish(hanging.get(MOST + 2))).startsWith("HTTP/1.1 400 ");
		for (Socket oldest : hanging.subList(0, 3)) {
			assertThat(oldest.getInputStream().read()).isEqualTo(-1);
		}
		for (Socket socket : hanging.subList(3, MOST + 2)) {
			assertThat(finish(socket)).startsWith("HTTP/1.1 400 ");
		}
	}

	@Test
	void whenHangingOnesGoAwayThenTheyCountNoLonger() throws IOException {
		List<Socket> first = hang(MOST / 2);
		for (Socket socket : hang(MOST / 2)) {
			assertThat(finish(socket)).startsWith("HTTP/1.1 400 ");
		}
		hang(MOST / 2 - 1);
		assertThat(finish(hang(1).get(0))).startsWith("HTTP/1.1 400 ");
		for (Socket socket : first) {
			assertThat(finish(socket)).startsWith("HTTP/1.1 400 ");
		}
	}

	@Test
	void whenAVisitNamesAnotherHostThenItIsTurnedAwayWithTheRightStateToo() throws Exception {
		for (String host : List.of("flyte.example.com", "flyte.example.com:" + this.port, "localhost.example.com",
				"127.0.0.1.example.com", "10.0.0.1:" + this.port)) {
			assertThat(visit(host)).as(host).startsWith("HTTP/1.1 421 ");
		}
		assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> this.server.await(Duration.ofMillis(1)));
		for (String host : List.of("LocalHost:" + this.port, "[::1]:" + this.port, "[::1]", "127.0.0.1")) {
			this.server.finish(CallbackPage.success());
			assertThat(visit(host)).as(host).doesNotStartWith("HTTP/1.1 421 ");
		}
		assertThat(this.server.await(Duration.ofSeconds(20)).getFirst("code")).isEqualTo("c0de");
	}

	private String visit(String host) throws IOException {
		try (Socket socket = new Socket("127.0.0.1", this.port)) {
			socket.setSoTimeout(20_000);
			socket.getOutputStream()
				.write(("GET /callback?code=c0de&state=state HTTP/1.1\r\nHost: " + host + "\r\n\r\n")
					.getBytes(StandardCharsets.UTF_8));
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	private List<Socket> hang(int count) throws IOException {
		List<Socket> hanging = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			Socket socket = new Socket("127.0.0.1", this.port);
			this.sockets.add(socket);
			// Only a server that should have closed a connection keeps its test waiting.
			socket.setSoTimeout(20_000);
			socket.getOutputStream().write("GET".getBytes(StandardCharsets.UTF_8));
			hanging.add(socket);
		}
		return hanging;
	}

	private static String finish(Socket socket) throws IOException {
		socket.getOutputStream().write(REST.getBytes(StandardCharsets.UTF_8));
		return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
	}

}
