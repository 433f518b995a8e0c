package io.flyteconnect.internal.channel;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import flyteidl.service.AdminServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.flyteconnect.testsupport.FreePorts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is logged of a host that is not found.
 */
@ExtendWith(OutputCaptureExtension.class)
class ResolutionLogTests {

	private static final Logger LOGGER = Logger.getLogger("io.grpc.internal.ManagedChannelImpl");

	private final List<String> logged = new CopyOnWriteArrayList<>();

	/** What is printed depends on what other tests have done to logging. */
	private final Handler handler = new Handler() {

		@Override
		public void publish(LogRecord event) {
			ResolutionLogTests.this.logged.add(event.getMessage() + " " + event.getThrown());
		}

		@Override
		public void flush() {
		}

		@Override
		public void close() {
		}

	};

	@BeforeEach
	void listen() {
		LOGGER.addHandler(this.handler);
	}

	@AfterEach
	void leave() {
		LOGGER.removeHandler(this.handler);
	}

	@Test
	void whenHostIsUnknownThenOnlyTheCallSaysSo(CapturedOutput output) {
		try (TestConnection connection = TestConnection.to("admin.flyte.invalid", 443)) {
			connection.maxRetries = 1;
			assertThat(connection.statusOfRead().getDescription()).contains("is not a known host name");
		}
		assertThat(this.logged).isEmpty();
		assertThat(output).doesNotContain("Failed to resolve name", "UnknownHostException");
	}

	@Test
	void whenNobodyListensThenOnlyTheCallSaysSo(CapturedOutput output) throws Exception {
		int port = FreePorts.reserve();
		try (TestConnection connection = TestConnection.to(port)) {
			connection.maxRetries = 1;
			assertThat(connection.statusOfRead().getDescription()).contains("cannot be reached");
		}
		assertThat(output).doesNotContain("ConnectException", "\tat io.grpc");
	}

	@Test
	void whenProxyIsUnknownThenOnlyTheCallSaysSo(CapturedOutput output) {
		try (TestConnection connection = TestConnection.to("admin.flyte.test", 443)) {
			connection.proxy = new io.flyteconnect.config.HttpProxySettings.HttpProxy("proxy.flyte.invalid", 3128, null,
					null);
			connection.maxRetries = 1;
			assertThat(connection.statusOfRead().getDescription()).contains("proxy.flyte.invalid");
		}
		assertThat(this.logged).isEmpty();
		assertThat(output).doesNotContain("Failed to resolve name", "UnknownHostException");
	}

	@Test
	void whenTheChannelIsTheApplicationsOwnThenGrpcLogsAsEver() {
		try (TestConnection connection = TestConnection.to("admin.flyte.invalid", 443)) {
			connection.maxRetries = 0;
			connection.statusOfRead();
			ManagedChannel own = NettyChannelBuilder.forTarget("dns:///admin.flyte.invalid:443").build();
			try {
				assertThatExceptionOfType(StatusRuntimeException.class).isThrownBy(
						() -> AdminServiceGrpc.newBlockingStub(own).getVersion(GetVersionRequest.getDefaultInstance()));
			}
			finally {
				own.shutdownNow();
			}
		}
		assertThat(this.logged).hasSize(1).allSatisfy((event) -> assertThat(event).contains("Failed to resolve name"));
	}

}
