package io.flyteconnect;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import com.google.common.util.concurrent.ListenableFuture;
import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import flyteidl.admin.VersionOuterClass.GetVersionResponse;
import flyteidl.service.AdminServiceGrpc.AdminServiceBlockingStub;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.MethodDescriptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.config.PlatformConfigBuilder;
import io.flyteconnect.testsupport.LoginServer;
import io.flyteconnect.testsupport.RotatingProvider;
import io.flyteconnect.testsupport.TokenServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for a connection that takes over other settings while its login is at work.
 */
class LoginDuringReloadTests {

	private static final GetVersionRequest REQUEST = GetVersionRequest.getDefaultInstance();

	private final CountDownLatch reached = new CountDownLatch(1);

	private final CountDownLatch released = new CountDownLatch(1);

	private LoginServer server;

	private RotatingProvider provider;

	@BeforeEach
	void start() throws Exception {
		this.server = new LoginServer();
		this.provider = new RotatingProvider(this.server);
	}

	@AfterEach
	void stop() throws Exception {
		this.released.countDown();
		this.provider.close();
		this.server.close();
	}

	@Test
	void whenATokenIsBeingRenewedThenEachRefreshTokenIsUsedOnceAndNobodyLogsInAgain() throws Exception {
		try (FlyteConnection connection = FlyteConnectionFactory.builder().build().create(settings("first"))) {
			connection.admin().blocking().getVersion(REQUEST);
			this.server.accepted.clear();
			this.provider.delay = Duration.ofMillis(500);
			List<ListenableFuture<GetVersionResponse>> calls = new ArrayList<>();
			calls.add(connection.admin().future().getVersion(REQUEST));
			await().until(() -> this.provider.requests.get() >= 2);
			for (String agent : List.of("second", "third")) {
				connection.reload(settings(agent));
				calls.add(connection.admin().future().getVersion(REQUEST));
			}
			for (ListenableFuture<GetVersionResponse> call : calls) {
				call.get(60, TimeUnit.SECONDS);
			}
			this.provider.delay = Duration.ZERO;
			this.server.accepted.clear();
			connection.admin().blocking().getVersion(REQUEST);
		}
		assertThat(this.provider.refusals).hasValue(0);
		assertThat(this.provider.logins).hasValue(1);
		assertThat(this.provider.refreshes).hasValue(2);
	}

	@Test
	void whenAPersonIsStillAskedThenCallsThatBeginAreMadeWithTheNewSettings() throws Exception {
		TokenServer idp = new TokenServer("token-1");
		LoginServer next = LoginServer.of(idp, "token-1");
		CompletableFuture<Void> reload = new CompletableFuture<>();
		try (idp; next; FlyteConnection connection = connectWithSlowListener()) {
			AdminServiceBlockingStub early = connection.admin().blocking().withInterceptors(new ClientInterceptor() {

				@Override
				public <Q, R> ClientCall<Q, R> interceptCall(MethodDescriptor<Q, R> method, CallOptions options,
						Channel channel) {
					ClientCall<Q, R> call = channel.newCall(method, options);
					ListenableFuture<GetVersionResponse> waiting = connection.admin().future().getVersion(REQUEST);
					await().until(() -> LoginDuringReloadTests.this.reached.getCount() == 0);
					CompletableFuture.runAsync(() -> {
						connection.reload(base(next).clientCredentials("client", "s3cret").build());
						reload.complete(null);
					});
					// Ends with the login that it waits for.
					assertThat(catchThrowableOfType(ExecutionException.class, () -> waiting.get(60, TimeUnit.SECONDS)))
						.isNotNull();
					return call;
				}

			});
			early.getVersion(REQUEST);
			for (int i = 0; i < 10; i++) {
				connection.admin().blocking().getVersion(REQUEST);
			}
			this.released.countDown();
			reload.get(60, TimeUnit.SECONDS);
			assertThat(next.authorizations).hasSize(11);
			assertThat(this.server.authorizations).doesNotContain("Bearer token-1");
		}
	}

	// The login does not end as long as what it calls does not.
	private FlyteConnection connectWithSlowListener() {
		return FlyteConnectionFactory.builder().listeners(List.of(new FlyteConnectionListener() {

			@Override
			public void personNeeded(FlyteConnection connection) {
				LoginDuringReloadTests.this.reached.countDown();
				awaitUninterruptibly(LoginDuringReloadTests.this.released);
			}

		})).build().create(settings("first"));
	}

	private PlatformConfig settings(String userAgent) {
		return base(this.server).authMode(AuthMode.DEVICE_FLOW)
			.property("flyte.credentials.interactive", "always")
			.property("flyte.channel.user-agent", userAgent)
			.property("flyte.channel.deadline", Duration.ofMinutes(2))
			.build();
	}

	private static PlatformConfigBuilder base(LoginServer server) {
		return PlatformConfig.builder().name("reloaded").endpoint("localhost:" + server.port()).insecure(true);
	}

	private static void awaitUninterruptibly(CountDownLatch latch) {
		boolean interrupted = false;
		for (boolean over = false; !over;) {
			try {
				latch.await(60, TimeUnit.SECONDS);
				over = true;
			}
			catch (InterruptedException ex) {
				interrupted = true;
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

}
