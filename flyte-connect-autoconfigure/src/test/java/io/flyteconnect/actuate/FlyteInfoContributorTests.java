package io.flyteconnect.actuate;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import flyteidl.service.Identity.UserInfoRequest;
import flyteidl.service.Identity.UserInfoResponse;
import flyteidl.service.IdentityServiceGrpc.IdentityServiceImplBase;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.info.Info;

import io.flyteconnect.FlyteConnection;
import io.flyteconnect.FlyteConnectionFactory;
import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.identity.FlyteUsers;
import io.flyteconnect.testsupport.MovableClock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What the info page shows of connections, and what it costs to look at it.
 */
class FlyteInfoContributorTests {

	// Of a page that a busy machine may answer late.
	private static final Duration PATIENCE = Duration.ofMinutes(1);

	private final Users users = new Users();

	private final MovableClock clock = new MovableClock();

	private Server server;

	private FlyteConnection connection;

	private FlyteInfoContributor contributor;

	@BeforeEach
	void start() throws IOException {
		this.server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
			.addService(this.users)
			.build()
			.start();
		this.connection = connect("research");
		this.contributor = new FlyteInfoContributor(List.of(this.connection), this.clock, PATIENCE);
	}

	@AfterEach
	void stop() throws InterruptedException {
		this.users.answer.countDown();
		this.connection.close();
		this.server.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
	}

	@Test
	void whenTheUserIsKnownThenWhatIsSaidOfThemIsShown() {
		assertThat(details("research")).containsEntry("endpoint", "localhost:" + this.server.getPort())
			.containsEntry("authMode", "none")
			.containsEntry("user",
					Map.of("subject", "s", "name", "Ada Lovelace", "preferredUsername", "ada", "email",
							"ada@example.com"))
			.doesNotContainKey("console");
	}

	@Test
	void whenThereAreSeveralConnectionsThenEachIsShown() {
		try (FlyteConnection other = connect("other")) {
			this.contributor = new FlyteInfoContributor(List.of(this.connection, other), this.clock, PATIENCE);
			assertThat(details("research")).containsKey("user");
			assertThat(details("other")).containsKey("user");
		}
	}

	@Test
	void whenLookedAtAgainThenTheUserIsAskedForOnceAMinute() {
		details("research");
		this.clock.move(Duration.ofSeconds(59));
		assertThat(details("research")).containsKey("user");
		assertThat(this.users.calls).hasValue(1);
		this.clock.move(Duration.ofSeconds(1));
		assertThat(details("research")).containsKey("user");
		assertThat(this.users.calls).hasValue(2);
	}

	@Test
	void whenFlyteFailsThenThatIsRememberedAsLong() {
		this.users.failure = Status.INTERNAL;
		assertThat(details("research")).containsKey("endpoint").doesNotContainKey("user");
		this.users.failure = null;
		assertThat(details("research")).doesNotContainKey("user");
		this.clock.move(Duration.ofMinutes(1));
		assertThat(details("research")).containsKey("user");
	}

	@Test
	void whenFlyteDoesNotAnswerThenThePageIsThereAllTheSame() {
		this.contributor = new FlyteInfoContributor(List.of(this.connection), this.clock,
				FlyteInfoContributor.DEADLINE);
		this.users.answer = new CountDownLatch(1);
		assertThat(details("research")).containsKey("endpoint").doesNotContainKey("user");
		assertThat(this.users.calls).hasValue(1);
	}

	@Test
	void whenSomebodyAsksThenOthersTakeWhatIsKnown() throws Exception {
		assertThat(details("research")).containsKey("user");
		this.clock.move(Duration.ofMinutes(2));
		this.users.answer = new CountDownLatch(1);
		CompletableFuture<Map<?, ?>> first = CompletableFuture.supplyAsync(() -> details("research"));
		this.users.asked(2);
		assertThat(details("research")).containsKey("user");
		assertThat(first).isNotDone();
		this.users.answer.countDown();
		assertThat(first.get(60, TimeUnit.SECONDS).get("endpoint")).isNotNull();
		assertThat(this.users.calls).hasValue(2);
	}

	private Map<String, Object> details(String name) {
		Info.Builder builder = new Info.Builder();
		this.contributor.contribute(builder);
		@SuppressWarnings("unchecked")
		Map<String, Map<String, Object>> flyte = builder.build().get("flyte", Map.class);
		return flyte.get(name);
	}

	private FlyteConnection connect(String name) {
		FlyteConnection connected = new FlyteConnectionFactory().create(PlatformConfig.builder()
			.name(name)
			.endpoint("localhost:" + this.server.getPort())
			.insecure(true)
			.authMode(AuthMode.NONE)
			.build());
		// The page waits two seconds only, which a first call may need on a busy machine.
		assertThat(new FlyteUsers(connected.admin().identity().blocking()).whoAmI().subject()).isEqualTo("s");
		this.users.calls.set(0);
		return connected;
	}

	private static final class Users extends IdentityServiceImplBase {

		private final AtomicInteger calls = new AtomicInteger();

		private volatile Status failure;

		private volatile CountDownLatch answer = new CountDownLatch(0);

		@Override
		public void userInfo(UserInfoRequest request, StreamObserver<UserInfoResponse> observer) {
			this.calls.incrementAndGet();
			try {
				this.answer.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			Status failing = this.failure;
			if (failing != null) {
				observer.onError(failing.asRuntimeException());
				return;
			}
			observer.onNext(UserInfoResponse.newBuilder()
				.setSubject("s")
				.setName("Ada Lovelace")
				.setPreferredUsername("ada")
				.setEmail("ada@example.com")
				.setPicture("https://example.com/ada.png")
				.build());
			observer.onCompleted();
		}

		private void asked(int times) {
			await().until(() -> this.calls.get() >= times);
		}

	}

}
