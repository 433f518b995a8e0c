package io.flyteconnect.internal.client;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import com.github.tomakehurst.wiremock.stubbing.Scenario;
import flyteidl.service.AdminServiceGrpc.AdminServiceBlockingStub;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.PlatformConfigBuilder;
import io.flyteconnect.config.TokenStore;
import io.flyteconnect.internal.store.SharedStore;
import io.flyteconnect.internal.store.StoreCustomizations;
import io.flyteconnect.internal.store.StoredLogin;
import io.flyteconnect.internal.store.jdbc.JdbcStoreFactory;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.unauthorized;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Logins that are stored where other processes find them, and an authorization server or
 * a store that is slow.
 */
class StoredLoginTests {

	@TempDir
	Path folder;

	private final TestLogin login = new TestLogin();

	private final JdbcConnectionPool database = JdbcConnectionPool
		.create("jdbc:h2:mem:" + getClass().getName() + ";DB_CLOSE_DELAY=-1", "sa", "");

	@AfterEach
	void stop() throws Exception {
		this.login.close();
		this.database.getConnection().createStatement().execute("SHUTDOWN");
		this.database.dispose();
	}

	@ParameterizedTest
	@EnumSource(TokenStore.class)
	void whenARenewalIsNotAnsweredThenASecondOneIsAndNobodyWaits(TokenStore store) {
		new ResourceDatabasePopulator(
				new ClassPathResource("org/springframework/security/oauth2/client/oauth2-client-schema.sql"))
			.execute(this.database);
		this.login.stores = new StoreCustomizations(null, new JdbcStoreFactory(this.database));
		this.login.grant("token-1", "");
		AdminServiceBlockingStub stub = connect(store);
		TestLogin.version(stub);
		renewal(Scenario.STARTED, "token-2", Duration.ofSeconds(30));
		renewal("asked once", "token-3", Duration.ZERO);
		this.login.move(Duration.ofSeconds(3599));
		TestLogin.version(stub);
		await().atMost(Duration.ofSeconds(25)).until(() -> this.login.tokenRequests().size() == 3);
		this.login.move(Duration.ofSeconds(2));
		assertThat(CompletableFuture.supplyAsync(() -> TestLogin.version(stub))).succeedsWithin(Duration.ofSeconds(20));
		assertThat(this.login.server.authorizations).containsExactly("Bearer token-1", "Bearer token-1",
				"Bearer token-3");
	}

	@ParameterizedTest
	@EnumSource(names = { "FILE", "JDBC" })
	void whenTheSecretIsAnotherOneThenTheStoredLoginIsNotUsed(TokenStore store) {
		new ResourceDatabasePopulator(
				new ClassPathResource("org/springframework/security/oauth2/client/oauth2-client-schema.sql"))
			.execute(this.database);
		this.login.stores = new StoreCustomizations(null, new JdbcStoreFactory(this.database));
		this.login.grant("token-1", "");
		TestLogin.version(connect(store));
		TestLogin.version(connect(store));
		assertThat(this.login.tokenRequests()).hasSize(1);
		this.login.answer(unauthorized().withBody("{\"error\":\"invalid_client\"}")
			.withHeader("Content-Type", "application/json"));
		for (String other : List.of("another", "s3cret ", "S3cret", "s3cre", "s3crets")) {
			int before = this.login.tokenRequests().size();
			AdminServiceBlockingStub stub = this.login.connect(AuthMode.CLIENT_CREDENTIALS, (credentials) -> {
				configure(credentials, store);
				credentials.property("flyte.credentials.client-secret", other);
			});
			assertThat(TestLogin.failure(stub)).as(other).hasMessageContaining("invalid_client");
			assertThat(this.login.tokenRequests().size() - before).as(other).isPositive();
		}
		int before = this.login.tokenRequests().size();
		TestLogin.version(connect(store));
		assertThat(this.login.tokenRequests()).as("the login is still there").hasSize(before);
	}

	@Test
	void whenAStoredLoginHasNoRefreshTokenThenNobodyIsAskedBeforeItsEnd() {
		this.login.idp.stubFor(post("/device").willReturn(okJson("{\"device_code\":\"d\",\"user_code\":\"u\","
				+ "\"verification_uri\":\"https://idp.example/device\",\"expires_in\":60,\"interval\":0.2}")));
		this.login.grant("token-1", "");
		// What is stored holds the time of its receipt.
		this.login.move(Duration.between(this.login.clock().instant(), Instant.now()));
		TestLogin.version(person());
		AdminServiceBlockingStub stub = person();
		for (int seconds : new int[] { 3000, 500, 90 }) {
			this.login.move(Duration.ofSeconds(seconds));
			TestLogin.version(stub);
		}
		// A login ahead of the end would be in the background.
		await().during(Duration.ofMillis(500)).until(() -> this.login.events.size() == 1);
		this.login.move(Duration.ofMinutes(2));
		TestLogin.version(stub);
		assertThat(this.login.events).as("the token has ended, and a call needs one").hasSize(2);
	}

	private AdminServiceBlockingStub person() {
		return this.login.connect(AuthMode.DEVICE_FLOW, (credentials) -> {
			credentials.property("flyte.credentials.store", TokenStore.FILE);
			credentials.property("flyte.credentials.store-file", this.folder.resolve("logins").toString());
		});
	}

	private void renewal(String state, String token, Duration delay) {
		this.login.server.accepted.add(token);
		this.login.idp.stubFor(post("/token").inScenario("renewals")
			.whenScenarioStateIs(state)
			.willReturn(okJson("{\"access_token\":\"" + token + "\",\"token_type\":\"Bearer\",\"expires_in\":3600}")
				.withFixedDelay((int) delay.toMillis()))
			.willSetStateTo("asked once"));
	}

	@Test
	void whenTheStoreIsSlowThenTheLifeOfATokenCountsFromItsReceipt() {
		this.login.stores = new StoreCustomizations(null, (registrationId, name, encryptor) -> new SlowStore());
		this.login.grant("token-1", "");
		AdminServiceBlockingStub stub = connect(TokenStore.JDBC);
		TestLogin.version(stub);
		assertThat(this.login.tokenRequests()).hasSize(1);
		this.login.move(Duration.ofSeconds(3600 - 30));
		this.login.grant("token-2", "");
		TestLogin.version(stub);
		assertThat(this.login.server.authorizations).containsExactly("Bearer token-1", "Bearer token-2");
	}

	private AdminServiceBlockingStub connect(TokenStore store) {
		return this.login.connect(AuthMode.CLIENT_CREDENTIALS, (credentials) -> configure(credentials, store));
	}

	private void configure(PlatformConfigBuilder credentials, TokenStore store) {
		credentials.property("flyte.credentials.client-id", "id");
		credentials.property("flyte.credentials.client-secret", "s3cret");
		credentials.property("flyte.credentials.store", store);
		credentials.property("flyte.credentials.store-file", this.folder.resolve("logins").toString());
		credentials.property("flyte.credentials.store-key", "0123456789abcdef");
	}

	/** Takes a minute to write what nobody ever reads. */
	private final class SlowStore implements SharedStore {

		@Override
		public @Nullable StoredLogin load() {
			return null;
		}

		@Override
		public void save(StoredLogin stored) {
			StoredLoginTests.this.login.move(Duration.ofMinutes(1));
		}

		@Override
		public void remove() {
		}

		@Override
		public Hold hold() {
			return Hold.NONE;
		}

	}

}
