package io.flyteconnect.internal.channel;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.file.Path;
import java.util.stream.Stream;

import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyServerBuilder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.flyteconnect.FlyteConnection;
import io.flyteconnect.FlyteConnectionFactory;
import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.config.PlatformConfigBuilder;
import io.flyteconnect.testsupport.TestCertificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Endpoints that are addresses: every one of this machine's loopback interface, and an
 * IPv6 form of IPv4's, which there is on machines without IPv6, too.
 */
class AddressEndpointTests {

	static Stream<String> hosts() throws IOException {
		NetworkInterface loopback = NetworkInterface.getByInetAddress(InetAddress.getByName("127.0.0.1"));
		return Stream.concat(Stream.of("[::ffff:127.0.0.1]"), loopback.inetAddresses().map(AddressEndpointTests::host));
	}

	// With the zone where the machine tells one: [0:0:0:0:0:0:0:1%lo].
	private static String host(InetAddress address) {
		return (address instanceof Inet6Address) ? "[" + address.getHostAddress() + "]" : address.getHostAddress();
	}

	@ParameterizedTest
	@MethodSource("hosts")
	void whenServerListensThereThenItIsCalledInPlaintext(String host) throws IOException {
		try (RecordingServer server = RecordingServer.start(at(host))) {
			call(builder(host + ":" + server.port()).insecure(true));
			call(builder("http://" + host + ":" + server.port() + "/").insecure(true));
			call(builder("dns:///" + host + ":" + server.port()).insecure(true));
			assertThat(server.calls()).hasSize(3).noneMatch(RecordingServer.Call::encrypted);
		}
	}

	@ParameterizedTest
	@MethodSource("hosts")
	void whenCertificateIsForTheAddressThenItIsCalledOverTls(String host, @TempDir Path folder) throws IOException {
		TestCertificates certificates = TestCertificates.in(folder);
		NettyServerBuilder builder = at(host).useTransportSecurity(certificates.serverCertificateFile().toFile(),
				certificates.serverKeyFile().toFile());
		try (RecordingServer server = RecordingServer.start(builder)) {
			call(builder("https://" + host + ":" + server.port()).caCertFile(certificates.caFile()));
			assertThat(server.calls()).singleElement().matches(RecordingServer.Call::encrypted);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.2", "[::ffff:127.0.0.2]" })
	void whenCertificateIsForAnotherAddressThenItIsNotCalled(String host, @TempDir Path folder) throws IOException {
		TestCertificates certificates = TestCertificates.in(folder);
		NettyServerBuilder builder = at(host).useTransportSecurity(certificates.serverCertificateFile().toFile(),
				certificates.serverKeyFile().toFile());
		try (RecordingServer server = RecordingServer.start(builder)) {
			assertThatExceptionOfType(StatusRuntimeException.class)
				.isThrownBy(() -> call(builder(host + ":" + server.port()).caCertFile(certificates.caFile())))
				.havingRootCause()
				.withMessageContaining("No subject alternative names matching IP address");
			assertThat(server.calls()).isEmpty();
		}
	}

	private static NettyServerBuilder at(String host) throws IOException {
		return NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getByName(host), 0));
	}

	private static PlatformConfigBuilder builder(String endpoint) {
		return PlatformConfig.builder()
			.endpoint(endpoint)
			.authMode(AuthMode.NONE)
			.property("flyte.channel.max-retries", 0);
	}

	private static void call(PlatformConfigBuilder builder) {
		try (FlyteConnection connection = new FlyteConnectionFactory().create(builder.build())) {
			connection.admin().blocking().getVersion(GetVersionRequest.getDefaultInstance());
		}
	}

}
