package io.flyteconnect.internal.channel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.grpc.netty.NettyServerBuilder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.flyteconnect.testsupport.FreePorts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A host name that comes to mean another server.
 */
@Tag("fault")
@Tag("once")
class DnsChangeTests {

	@Test
	void whenTheNameGetsAnotherAddressAndTheOldOneRefusesThenCallsReachTheNewOne(@TempDir Path folder)
			throws Exception {
		Path hosts = folder.resolve("hosts");
		name(hosts, "127.0.0.1");
		int port = FreePorts.reserve();
		try (RecordingServer old = server("127.0.0.1", port);
				RecordingServer other = server("127.0.0.2", port);
				NamedClient client = NamedClient.start(hosts, "flyte.test", port)) {
			old.answerWithVersion("old");
			other.answerWithVersion("other");
			assertThat(client.call()).isEqualTo("old");
			name(hosts, "127.0.0.2");
			assertThat(client.call()).as("nothing is wrong with the connection").isEqualTo("old");
			old.close();
			await().atMost(Duration.ofMinutes(1)).until(client::call, "other"::equals);
			assertThat(client.call()).isEqualTo("other");
		}
	}

	@Test
	void whenServersAreAddedAndTakenAwayThenCallsAreSpreadOverThoseOfTheTimeThoughAllAreWell(@TempDir Path folder)
			throws Exception {
		Path hosts = folder.resolve("hosts");
		name(hosts, "127.0.0.1");
		int port = FreePorts.reserve();
		try (RecordingServer old = server("127.0.0.1", port);
				RecordingServer other = server("127.0.0.2", port);
				NamedClient client = NamedClient.start(hosts, "flyte.test", port, Duration.ofSeconds(1),
						"round_robin")) {
			old.answerWithVersion("old");
			other.answerWithVersion("other");
			assertThat(client.call()).isEqualTo("old");
			name(hosts, "127.0.0.1", "127.0.0.2");
			await().atMost(Duration.ofMinutes(1))
				.until(() -> Stream.of(client.call(), client.call()).collect(Collectors.toSet()).size() == 2);
			name(hosts, "127.0.0.2");
			await().atMost(Duration.ofMinutes(1))
				.until(() -> Stream.generate(() -> uncheckedCall(client)).limit(4).allMatch("other"::equals));
		}
	}

	private static String uncheckedCall(NamedClient client) {
		try {
			return client.call();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void name(Path hosts, String... addresses) throws Exception {
		Path written = Files.writeString(hosts.resolveSibling("written"),
				String.join(" flyte.test\n", addresses) + " flyte.test\n127.0.0.1 localhost\n");
		Files.move(written, hosts, StandardCopyOption.ATOMIC_MOVE);
	}

	private static RecordingServer server(String address, int port) {
		return RecordingServer.start(NettyServerBuilder.forAddress(new InetSocketAddress(address, port)));
	}

}
