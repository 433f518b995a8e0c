package io.flyteconnect.autoconfigure;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;

import com.google.common.util.concurrent.ListenableFuture;
import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import flyteidl.admin.VersionOuterClass.GetVersionResponse;
import io.grpc.Status;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.flyteconnect.FlyteConnection;
import io.flyteconnect.FlyteConnections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * An application with several connections that ends while calls are under way on all of
 * them.
 */
@Tag("once")
class ConnectionShutdownTests {

	private static final int CONNECTIONS = 8;

	private static final Duration GRACE = Duration.ofSeconds(2);

	@Test
	void whenCallsAreUnderWayOnManyConnectionsThenTheyAreGivenTheTimeOfOneTogether() throws Exception {
		List<ListenableFuture<GetVersionResponse>> calls = new ArrayList<>();
		long[] begin = new long[1];
		try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(FlyteAutoConfiguration.class))
				.withPropertyValues(settings(silent.getLocalPort()))
				.run((context) -> {
					List<FlyteConnection> connections = context.getBean(FlyteConnections.class).stream().toList();
					assertThat(connections).hasSize(CONNECTIONS);
					connections.forEach((connection) -> calls
						.add(connection.admin().future().getVersion(GetVersionRequest.getDefaultInstance())));
					begin[0] = System.nanoTime();
				});
			Duration taken = Duration.ofNanos(System.nanoTime() - begin[0]);
			// One after the other, they would have the time of all.
			assertThat(taken).isGreaterThanOrEqualTo(GRACE).isLessThan(GRACE.multipliedBy(CONNECTIONS));
		}
		for (ListenableFuture<GetVersionResponse> call : calls) {
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(call::get)
				.satisfies((ex) -> assertThat(Status.fromThrowable(ex).getCode()).isIn(Status.Code.UNAVAILABLE,
						Status.Code.CANCELLED));
		}
	}

	private static String[] settings(int port) {
		List<String> settings = new ArrayList<>();
		for (int i = 0; i < CONNECTIONS; i++) {
			String prefix = "flyte.connections.c" + i + ".";
			settings.add(prefix + "platform.url=127.0.0.1:" + port);
			settings.add(prefix + "platform.insecure=true");
			settings.add(prefix + "credentials.auth-mode=none");
			settings.add(prefix + "channel.shutdown-grace-period=" + GRACE.toMillis() + "ms");
		}
		return settings.toArray(String[]::new);
	}

}
