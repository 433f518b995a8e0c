package io.flyteconnect.internal.channel;

import java.nio.file.Path;
import java.time.Duration;

import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.flyteconnect.config.TlsSettings;
import io.flyteconnect.testsupport.TestCertificates;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An endpoint that is a file.
 */
@ExtendWith(OutputCaptureExtension.class)
class UnixDomainSocketTests {

	private final Path directory;

	private final Path socket;

	private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());

	private final TestConnection connection;

	UnixDomainSocketTests(@TempDir Path directory) {
		this.directory = directory;
		this.socket = directory.resolve("admin.sock");
		this.connection = TestConnection.toTarget("unix://" + this.socket);
	}

	@AfterEach
	void stop() {
		this.connection.close();
		this.group.shutdownGracefully();
	}

	@Test
	void whenInsecureThenCallGoesInPlaintext() {
		try (RecordingServer server = RecordingServer.start(builder())) {
			this.connection.read();
			assertThat(server.calls()).hasSize(1);
			assertThat(server.calls().get(0).header("user-agent")).startsWith("flyte-connect/");
			assertThat(server.calls().get(0).encrypted()).isFalse();
		}
	}

	@Test
	void whenNotInsecureThenCallIsEncrypted() {
		TestCertificates certificates = TestCertificates.in(this.directory);
		NettyServerBuilder builder = builder().useTransportSecurity(certificates.serverCertificateFile().toFile(),
				certificates.serverKeyFile().toFile());
		try (RecordingServer server = RecordingServer.start(builder)) {
			this.connection.tls = new TlsSettings(false, true, null, null);
			this.connection.loadBalancingPolicy = "round_robin";
			this.connection.read();
			assertThat(server.calls().get(0).encrypted()).isTrue();
		}
	}

	@Test
	void whenConnectedOrRefusedThenNettyWarnsOfNoOptions(CapturedOutput output) {
		try (TestConnection early = TestConnection.toTarget("unix://" + this.socket)) {
			early.maxRetries = 0;
			early.keepaliveTime = Duration.ofMinutes(5);
			Status status = early.statusOfRead();
			assertThat(status.getCode()).isEqualTo(Code.UNAVAILABLE);
			assertThat(status.getDescription()).startsWith("unix://" + this.socket + " cannot be reached");
		}
		try (RecordingServer server = RecordingServer.start(builder())) {
			this.connection.read();
			assertThat(server.calls()).hasSize(1);
		}
		assertThat(output).doesNotContain("netty.bootstrap.Bootstrap").doesNotContain("TCP_USER_TIMEOUT");
	}

	private NettyServerBuilder builder() {
		return NettyServerBuilder.forAddress(new DomainSocketAddress(this.socket.toFile()))
			.channelType(EpollServerDomainSocketChannel.class)
			.bossEventLoopGroup(this.group)
			.workerEventLoopGroup(this.group);
	}

}
