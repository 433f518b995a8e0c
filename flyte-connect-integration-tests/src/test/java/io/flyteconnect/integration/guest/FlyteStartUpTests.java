package io.flyteconnect.integration.guest;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import flyteidl.admin.VersionOuterClass.GetVersionResponse;
import flyteidl.service.Auth.OAuth2MetadataResponse;
import io.grpc.ManagedChannel;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

import io.flyteconnect.FlyteAdminStub;
import io.flyteconnect.FlyteConnection;
import io.flyteconnect.testsupport.FreePorts;
import io.flyteconnect.testsupport.LoginServer;
import io.flyteconnect.testsupport.TokenServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What an application does to Flyte while it starts, while it is cold, and when it ends.
 */
@Tag("once")
@Tag("guest")
class FlyteStartUpTests {

	@Test
	void whenTheApplicationStartsThenNothingIsConnectedBeforeTheFirstCall() throws Exception {
		try (ServerSocket flyte = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
				ServerSocket idp = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
			flyte.setSoTimeout(500);
			idp.setSoTimeout(500);
			try (GuestApplication application = application("127.0.0.1:" + flyte.getLocalPort(), idp.getLocalPort())
				.web(WebApplicationType.SERVLET)
				.withFlyte()) {
				application.context().getBean("flyteAuthorizedClientManager");
				assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(flyte::accept);
				assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(idp::accept);
				application.bean(FlyteAdminStub.class).future().getVersion(GetVersionRequest.getDefaultInstance());
				flyte.setSoTimeout(60_000);
				flyte.accept().close();
			}
		}
	}

	@Test
	void whenFlyteIsAbsentThenTheApplicationStartsAndCallsSayWhatIsWrong() throws Exception {
		int port = FreePorts.reserve();
		try (GuestApplication application = application("127.0.0.1:" + port, port)
			.properties("flyte.channel.max-retries=0")
			.withFlyte()) {
			assertThatExceptionOfType(StatusRuntimeException.class)
				.isThrownBy(() -> version(application.bean(FlyteAdminStub.class)))
				.withMessageContaining("127.0.0.1:" + port)
				.satisfies((ex) -> assertThat(ex.getStatus().getCode()).isEqualTo(Code.UNAVAILABLE));
		}
	}

	@Test
	void whenManyCallersAreColdThenThereIsOneTokenRequestAndNoRefusedCall() throws Exception {
		int callers = 200;
		ExecutorService threads = Executors.newFixedThreadPool(callers);
		try (TokenServer idp = new TokenServer("our-token"); LoginServer flyte = server(idp)) {
			try (GuestApplication application = application("localhost:" + flyte.port(), null)
				.properties("flyte.channel.deadline=100s", "flyte.channel.per-retry-timeout=0s")
				.withFlyte()) {
				FlyteAdminStub stub = application.bean(FlyteAdminStub.class);
				CountDownLatch gate = new CountDownLatch(callers);
				List<Future<GetVersionResponse>> answers = new ArrayList<>();
				for (int i = 0; i < callers; i++) {
					Callable<GetVersionResponse> call = () -> {
						gate.countDown();
						gate.await();
						return version(stub);
					};
					answers.add(threads.submit(call));
				}
				for (Future<GetVersionResponse> answer : answers) {
					assertThat(answer.get(120, TimeUnit.SECONDS)).isNotNull();
				}
			}
			assertThat(idp.requests()).hasSize(1);
			assertThat(flyte.metadataCalls).hasValueLessThanOrEqualTo(2);
			assertThat(flyte.refusals).hasValue(0);
			assertThat(flyte.authorizations).hasSize(callers).containsOnly("Bearer our-token");
			assertThat(flyte.connections).hasValue(1);
		}
		finally {
			threads.shutdownNow();
		}
	}

	@Test
	void whenTheApplicationEndsThenItsChannelAndThreadsEnd() throws Exception {
		try (TokenServer idp = new TokenServer("our-token"); LoginServer flyte = server(idp)) {
			ManagedChannel channel;
			FlyteAdminStub stub;
			List<Thread> threads;
			try (GuestApplication application = application("localhost:" + flyte.port(), null).withFlyte()) {
				stub = application.bean(FlyteAdminStub.class);
				version(stub);
				channel = (ManagedChannel) application.bean(FlyteConnection.class).channel();
				threads = threadsOfFlyte();
				assertThat(threads).isNotEmpty();
			}
			assertThat(channel.isTerminated()).isTrue();
			await().atMost(60, TimeUnit.SECONDS).until(() -> threads.stream().noneMatch(Thread::isAlive));
			assertThatExceptionOfType(StatusRuntimeException.class).isThrownBy(() -> version(stub))
				.satisfies((ex) -> assertThat(ex.getStatus().getCode()).isEqualTo(Code.UNAVAILABLE));
		}
	}

	private static List<Thread> threadsOfFlyte() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("flyte-"))
			.toList();
	}

	private static LoginServer server(TokenServer idp) throws Exception {
		LoginServer server = new LoginServer();
		server.accepted.add("our-token");
		server.metadata = OAuth2MetadataResponse.newBuilder()
			.setTokenEndpoint("http://localhost:" + idp.port() + "/token")
			.build();
		return server;
	}

	private static GetVersionResponse version(FlyteAdminStub stub) {
		return stub.blocking().getVersion(GetVersionRequest.getDefaultInstance());
	}

	private static GuestApplication.Starter application(String endpoint, @Nullable Integer idpPort) {
		GuestApplication.Starter starter = GuestApplication.of(Application.class)
			.web(WebApplicationType.NONE)
			.properties("flyte.platform.url=" + endpoint, "flyte.credentials.auth-mode=client-credentials",
					"flyte.credentials.client-id=our-client", "flyte.credentials.client-secret=our-secret");
		return (idpPort != null)
				? starter.properties("flyte.credentials.token-url=http://127.0.0.1:" + idpPort + "/token") : starter;
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
