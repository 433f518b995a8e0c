package io.flyteconnect.internal.client;

import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import flyteidl.service.AdminServiceGrpc.AdminServiceBlockingStub;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.CredentialSettings.ClientSecret;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.config.TokenStore;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * How often the file of a client secret is read, and by whom: once for each grant, and
 * never by a thread that makes a call.
 */
class SecretReadsTests {

	@TempDir
	Path folder;

	private final TestLogin login = new TestLogin();

	private final List<String> readers = new CopyOnWriteArrayList<>();

	@AfterEach
	void stop() throws Exception {
		this.login.close();
	}

	@ParameterizedTest
	@EnumSource(names = { "MEMORY", "FILE" })
	void whenALoginIsMadeAndRenewedThenEachGrantReadsTheSecretOnce(TokenStore store) throws Exception {
		this.login.grant("token-1", "");
		AdminServiceBlockingStub stub = connect(secret("s3cret"), store);
		TestLogin.version(stub);
		TestLogin.version(stub);
		assertThat(this.readers).as("the first login").hasSize(1);
		this.login.move(Duration.ofSeconds(3601));
		this.login.grant("token-2", "");
		TestLogin.version(stub);
		assertThat(this.readers).as("the renewal").hasSize(2);
		this.login.server.accepted.remove("token-2");
		this.login.grant("token-3", "");
		TestLogin.version(stub);
		assertThat(this.readers).as("after a token was rejected").hasSize(3);
		assertThat(this.login.tokenRequests()).hasSize(3);
		assertReadByLoginThreads();
	}

	@Test
	void whenAnotherProcessHasLoggedInThenItsLoginIsTakenWithOneRead() throws Exception {
		this.login.grant("token-1", "");
		Path secret = secret("s3cret");
		TestLogin.version(connect(secret, TokenStore.FILE));
		this.readers.clear();
		TestLogin.version(connect(secret, TokenStore.FILE));
		assertThat(this.readers).hasSize(1);
		assertThat(this.login.tokenRequests()).hasSize(1);
		assertReadByLoginThreads();
	}

	@ParameterizedTest
	@EnumSource(names = { "MEMORY", "FILE" })
	void whenARejectedSecretIsHeldOffThenNoCallerReadsItUntilItIsAnotherOne(TokenStore store) throws Exception {
		Path secret = secret("old-secret");
		this.login.answer(rejection());
		AdminServiceBlockingStub stub = connect(secret, store);
		for (int i = 0; i < 3; i++) {
			assertThat(TestLogin.failure(stub)).hasMessageContaining("invalid_client");
		}
		List<CompletableFuture<?>> callers = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			callers.add(CompletableFuture.runAsync(() -> assertThat(TestLogin.failure(stub)).isNotNull()));
		}
		CompletableFuture.allOf(callers.toArray(CompletableFuture[]::new)).join();
		assertThat(this.readers).as("held off").hasSize(1);
		this.login.grant("token-1", "");
		Files.delete(secret);
		Files.writeString(secret, "new-secret");
		TestLogin.version(stub);
		assertThat(this.readers).as("another secret").hasSize(2);
		assertReadByLoginThreads();
	}

	@Test
	void whenTheOtherSecretCannotBeReadThenItIsReadOnce() throws Exception {
		Path secret = secret("old-secret");
		this.login.answer(rejection());
		AdminServiceBlockingStub stub = connect(secret, TokenStore.MEMORY);
		assertThat(TestLogin.failure(stub)).hasMessageContaining("invalid_client");
		Files.writeString(secret, "");
		for (int i = 0; i < 3; i++) {
			assertThat(TestLogin.failure(stub)).hasMessageContaining("is empty");
		}
		assertThat(this.readers).hasSize(2);
		assertReadByLoginThreads();
	}

	private void assertReadByLoginThreads() {
		assertThat(this.readers).allSatisfy((reader) -> assertThat(reader).startsWith("flyte-default-login-"));
	}

	private static ResponseDefinitionBuilder rejection() {
		return aResponse().withStatus(401)
			.withHeader("Content-Type", "application/json")
			.withBody("{\"error\":\"invalid_client\"}");
	}

	private Path secret(String text) throws Exception {
		return Files.writeString(this.folder.resolve("secret"), text);
	}

	private AdminServiceBlockingStub connect(Path secret, TokenStore store) {
		PlatformConfig config = PlatformConfig.builder()
			.endpoint("localhost:" + this.login.server.port())
			.insecure(true)
			.authMode(AuthMode.CLIENT_CREDENTIALS)
			.apply((properties) -> {
				properties.property("flyte.credentials.client-id", "id");
				properties.property("flyte.credentials.client-secret-location", secret.toString());
				properties.property("flyte.credentials.store", store);
				properties.property("flyte.credentials.store-file", this.folder.resolve("logins").toString());
			})
			.build();
		ClientSecret file = config.credentials().clientSecret();
		assertThat(file).isNotNull();
		return this.login.connect(with(config, "credentials",
				with(config.credentials(), "clientSecret", new CountedSecret(file, this.readers))));
	}

	private static <T extends Record> T with(T settings, String name, Object value) {
		try {
			RecordComponent[] components = settings.getClass().getRecordComponents();
			Class<?>[] types = new Class<?>[components.length];
			Object[] values = new Object[components.length];
			for (int i = 0; i < components.length; i++) {
				types[i] = components[i].getType();
				values[i] = components[i].getName().equals(name) ? value : components[i].getAccessor().invoke(settings);
			}
			@SuppressWarnings("unchecked")
			T copy = (T) settings.getClass().getDeclaredConstructor(types).newInstance(values);
			return copy;
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private record CountedSecret(ClientSecret secret, List<String> readers) implements ClientSecret {

		@Override
		public String read() {
			this.readers.add(Thread.currentThread().getName());
			return this.secret.read();
		}

		@Override
		public @Nullable Object fingerprint() {
			return this.secret.fingerprint();
		}

		@Override
		public String description() {
			return this.secret.description();
		}

	}

}
