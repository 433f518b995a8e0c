package io.flyteconnect.internal.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AccessToken.TokenType;

import io.flyteconnect.internal.store.file.FileStore;
import io.flyteconnect.internal.store.jdbc.JdbcPatience;
import io.flyteconnect.internal.store.jdbc.JdbcStore;
import io.flyteconnect.testsupport.MovableClock;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A store that fails, over a file whose folder is in the way or not.
 */
@Tag("fault")
@ExtendWith(OutputCaptureExtension.class)
class AuthorizedClientStoreTests {

	private static final ClientRegistration REGISTRATION = ClientRegistration.withRegistrationId("flyte")
		.clientId("id")
		.authorizationGrantType(new AuthorizationGrantType("test"))
		.build();

	private static final String WARNING = "the login goes on in memory";

	@TempDir
	Path folder;

	private FileStore file;

	private AuthorizedClientStore store;

	@BeforeEach
	void create() {
		this.file = new FileStore(this.folder.resolve("tokens").resolve("default"), "login", null);
		this.store = new AuthorizedClientStore("default", this.file, Clock.systemUTC());
	}

	@Test
	void whenThereIsNoSharedStoreThenClientsAreInMemory() {
		AuthorizedClientStore memory = new AuthorizedClientStore("default", null, Clock.systemUTC());
		assertThat(memory.isShared()).isFalse();
		memory.save(client("access-1", 0));
		assertThat(token(memory)).isEqualTo("access-1");
		assertThat(memory.hasSharedLogin()).isFalse();
		memory.remove();
		assertThat(token(memory)).isNull();
	}

	@Test
	void whenClientIsSavedThenItIsFoundWithItsRegistration() {
		this.store.save(client("access-1", 0));
		OAuth2AuthorizedClient read = this.store.load(REGISTRATION);
		assertThat(read.getClientRegistration()).isSameAs(REGISTRATION);
		assertThat(read.getPrincipalName()).isEqualTo("flyte");
		assertThat(this.store.hasSharedLogin()).isTrue();
	}

	@Test
	void whenStoreFailsThenOneWarningIsThereAndTheClientIsInMemory(CapturedOutput output) throws Exception {
		obstruct();
		this.store.save(client("access-1", 0));
		this.store.save(client("access-2", 1));
		assertThat(token(this.store)).isEqualTo("access-2");
		assertThat(output).containsOnlyOnce(WARNING).contains("connection 'default'").contains("tokens");
		assertThat(output).doesNotContain("access-1", "access-2");
	}

	@Test
	void whenStoreWorksAgainThenWhatWasNotWrittenIsWritten(CapturedOutput output) throws Exception {
		obstruct();
		this.store.save(client("access-1", 0));
		Files.delete(this.folder.resolve("tokens"));
		assertThat(token(this.store)).isEqualTo("access-1");
		assertThat(this.file.load().accessToken().getTokenValue()).isEqualTo("access-1");
		assertThat(output).containsOnlyOnce("works again");
		obstructAgain();
		assertThat(token(this.store)).isEqualTo("access-1");
		assertThat(output.toString().split(WARNING, -1)).hasSize(3);
	}

	@Test
	void whenAnotherProcessLoggedInLaterThenItsLoginWins() throws Exception {
		obstruct();
		this.store.save(client("access-1", 0));
		Files.delete(this.folder.resolve("tokens"));
		this.file.save(StoredLogin.of(client("access-2", 5), null));
		assertThat(token(this.store)).isEqualTo("access-2");
	}

	@Test
	void whenAnotherProcessLoggedOutThenThereIsNoLogin() {
		this.store.save(client("access-1", 0));
		this.file.remove();
		assertThat(token(this.store)).isNull();
	}

	@Test
	void whenHoldCannotBeTakenThenTheActionRuns() throws Exception {
		obstruct();
		assertThat(this.store.<String>exclusively(() -> "done")).isEqualTo("done");
	}

	@Test
	void whenHoldEndsBadlyThenWhatWasWrittenInItIsWrittenAgain() {
		SharedStore losing = new SharedStore() {

			private boolean held;

			@Override
			public StoredLogin load() {
				return AuthorizedClientStoreTests.this.file.load();
			}

			@Override
			public void save(StoredLogin login) {
				if (!this.held) {
					AuthorizedClientStoreTests.this.file.save(login);
				}
			}

			@Override
			public void remove() {
				AuthorizedClientStoreTests.this.file.remove();
			}

			@Override
			public Hold hold() {
				this.held = true;
				return () -> {
					this.held = false;
					throw new IllegalStateException("rolled back");
				};
			}

		};
		AuthorizedClientStore clients = new AuthorizedClientStore("default", losing, Clock.systemUTC());
		clients.exclusively(() -> {
			clients.save(client("access-1", 0));
			return true;
		});
		assertThat(this.file.load()).isNull();
		assertThat(token(clients)).isEqualTo("access-1");
		assertThat(this.file.load()).isNotNull();
	}

	@Test
	void whenStoreFailsLateInAHoldThenTheHoldIsClosedAllTheSame() {
		MovableClock clock = new MovableClock(Instant.now());
		AtomicInteger holds = new AtomicInteger();
		AtomicInteger saves = new AtomicInteger();
		SharedStore late = new SharedStore() {

			@Override
			public StoredLogin load() {
				return null;
			}

			@Override
			public void save(StoredLogin login) {
				saves.incrementAndGet();
				clock.move(Duration.ofSeconds(2));
				throw new StoreException("no answer", null);
			}

			@Override
			public void remove() {
			}

			@Override
			public Hold hold() {
				holds.incrementAndGet();
				return holds::decrementAndGet;
			}

		};
		AuthorizedClientStore clients = new AuthorizedClientStore("default", late, clock);
		login(clients);
		assertThat(holds).hasValue(0);
		assertThat(saves).hasValue(1);
		login(clients);
		assertThat(saves).as("left alone").hasValue(1);
		clock.move(Duration.ofSeconds(-3600));
		login(clients);
		assertThat(saves).as("not for as long as the clock was set back").hasValue(2);
		assertThat(holds).hasValue(0);
	}

	private static void login(AuthorizedClientStore clients) {
		clients.exclusively(() -> {
			clients.save(client("access-1", 0));
			return true;
		});
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void whenASecondAttemptIsMadeInsideAHoldThenNeitherWaitsForTheOther(Kind kind, CapturedOutput output)
			throws Exception {
		SharedStore shared = shared(kind);
		AuthorizedClientStore clients = new AuthorizedClientStore("default", shared, Clock.systemUTC());
		String stored = clients.exclusively(() -> {
			CompletableFuture<String> second = CompletableFuture
				.supplyAsync(() -> clients.exclusively(() -> save(clients, "access-2", 5)));
			assertThat(second).succeedsWithin(Duration.ofMinutes(1));
			return token(clients);
		});
		assertThat(stored).isEqualTo("access-2");
		assertThat(shared.load().accessToken().getTokenValue()).isEqualTo("access-2");
		// Who waits for a lock that is held gives up with this.
		assertThat(output).doesNotContain(WARNING);
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void whenTheFirstAttemptIsAnsweredAfterTheSecondThenItsTokenIsStored(Kind kind, CapturedOutput output)
			throws Exception {
		SharedStore shared = shared(kind);
		AuthorizedClientStore clients = new AuthorizedClientStore("default", shared, Clock.systemUTC());
		clients.exclusively(() -> {
			assertThat(CompletableFuture.supplyAsync(() -> clients.exclusively(() -> save(clients, "access-2", 5))))
				.succeedsWithin(Duration.ofMinutes(1));
			return save(clients, "access-3", 6);
		});
		assertThat(shared.load().accessToken().getTokenValue()).isEqualTo("access-3");
		assertThat(output).doesNotContain(WARNING);
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void whenSomebodyLogsOutInsideAHoldThenNobodyWaitsAndNothingStaysStored(Kind kind, CapturedOutput output)
			throws Exception {
		SharedStore shared = shared(kind);
		AuthorizedClientStore clients = new AuthorizedClientStore("default", shared, Clock.systemUTC());
		save(clients, "access-1", 0);
		clients.exclusively(() -> {
			assertThat(CompletableFuture.runAsync(() -> clients.remove())).succeedsWithin(Duration.ofMinutes(1));
			return save(clients, "access-2", 5);
		});
		assertThat(shared.load()).isNull();
		assertThat(output).doesNotContain(WARNING);
	}

	private SharedStore shared(Kind kind) {
		return (kind == Kind.FILE) ? this.file : new JdbcStore(ReplicasTests.h2(), JdbcPatience.USUAL, "flyte", "login",
				StoreKeys.encryptor("0123456789abcdef"));
	}

	private static String save(AuthorizedClientStore clients, String token, int age) {
		clients.save(client(token, age));
		return token;
	}

	private void obstruct() throws Exception {
		Files.writeString(this.folder.resolve("tokens"), "a file where a folder should be");
	}

	private void obstructAgain() throws Exception {
		try (Stream<Path> files = Files.list(this.folder.resolve("tokens"))) {
			for (Path path : files.toList()) {
				Files.delete(path);
			}
		}
		Files.delete(this.folder.resolve("tokens"));
		obstruct();
	}

	private static String token(AuthorizedClientStore store) {
		OAuth2AuthorizedClient client = store.load(REGISTRATION);
		return (client != null) ? client.getAccessToken().getTokenValue() : null;
	}

	private static OAuth2AuthorizedClient client(String token, int age) {
		Instant issued = Instant.now().plusSeconds(age);
		return new OAuth2AuthorizedClient(REGISTRATION, "flyte",
				new OAuth2AccessToken(TokenType.BEARER, token, issued, issued.plusSeconds(60)));
	}

	enum Kind {

		FILE, JDBC

	}

}
