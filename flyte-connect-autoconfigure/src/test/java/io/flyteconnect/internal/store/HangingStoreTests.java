package io.flyteconnect.internal.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;

import io.flyteconnect.internal.store.file.FileStore;
import io.flyteconnect.internal.store.file.FileStoreTests;
import io.flyteconnect.testsupport.BrokenDisk;
import io.flyteconnect.testsupport.HangingFile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link FileStore} on a disk that gives no answer.
 */
@Tag("fault")
@ExtendWith(OutputCaptureExtension.class)
class HangingStoreTests {

	private static final Duration SHORT = Duration.ofMillis(200);

	@TempDir
	Path folder;

	private final BrokenDisk disk = new BrokenDisk();

	@AfterEach
	void mend() {
		this.disk.close();
		await().until(() -> this.disk.waiting().isEmpty());
	}

	@ParameterizedTest
	@CsvSource({ "move, write", "newFileChannel, open lock", "newByteChannel, write", "readAttributes, open lock",
			"delete, write" })
	void whenAStepOfAWriteHangsThenItFailsSoonAndLaterOnesAtOnce(String operation, String step) throws Exception {
		FileStore store = store();
		new FileStore(file(), "server-a", null).save(FileStoreTests.login("access-1", null));
		this.disk.hang(operation);
		// A busy machine may make a step before it too late, too.
		await().untilAsserted(() -> assertThatExceptionOfType(StoreException.class)
			.isThrownBy(() -> store.save(FileStoreTests.login("access-2", null)))
			.withMessageContaining("(step: " + step + ")")
			.withMessageContaining(file().toString()));
		for (int i = 0; i < 5; i++) {
			assertThatExceptionOfType(StoreException.class)
				.isThrownBy(() -> store.save(FileStoreTests.login("access-2", null)));
			assertThat(this.disk.waiting()).hasSize(1);
		}
		this.disk.close();
		// What had been given up does not come after what is written now.
		await().ignoreExceptions().untilAsserted(() -> store.save(FileStoreTests.login("access-3", null)));
		assertThat(stored()).isEqualTo("access-3");
		assertThat(Files.list(file().getParent())).noneMatch((path) -> path.toString().endsWith(".new"));
	}

	@ParameterizedTest
	@CsvSource({ "checkAccess, look for", "newByteChannel, read" })
	void whenALookHangsThenItFailsSoon(String operation, String step) {
		FileStore store = store();
		new FileStore(file(), "server-a", null).save(FileStoreTests.login("access-1", null));
		this.disk.hang(operation);
		await().untilAsserted(() -> assertThatExceptionOfType(StoreException.class).isThrownBy(() -> {
			store.load();
			store.remove();
		}).withMessageContaining("(step: " + step + ")"));
		assertThat(this.disk.waiting()).hasSize(1);
	}

	@Test
	void whenTheDiskHangsWithinAHoldThenTheHoldEndsAndOthersGetInOnceItIsMended() {
		FileStore store = new FileStore(this.disk.path(file()), "server-a", null, Duration.ofSeconds(3), SHORT);
		new FileStore(file(), "server-a", null).save(FileStoreTests.login("access-1", null));
		SharedStore.Hold hold = store.hold();
		this.disk.hang("");
		assertThatExceptionOfType(StoreException.class)
			.isThrownBy(() -> store.save(FileStoreTests.login("access-2", null)));
		// On a disk that is gone the lock stays until it is back.
		hold.close();
		this.disk.close();
		try (SharedStore.Hold other = new FileStore(file(), "server-a", null).hold()) {
			assertThat(stored()).isEqualTo("access-1");
		}
	}

	@Test
	void whenTheOpenOfTheLockHangsThenOthersGetInOnceItIsMended() throws Exception {
		FileStore store = new FileStore(file(), "server-a", null, SHORT, SHORT);
		new FileStore(file(), "server-a", null).save(FileStoreTests.login("access-1", null));
		Path lock = file().resolveSibling("default.lock");
		try (HangingFile hanging = new HangingFile(lock)) {
			for (int i = 0; i < 5; i++) {
				assertThatExceptionOfType(StoreException.class).isThrownBy(store::hold)
					.withMessageContaining("the file " + lock + " cannot be reached")
					.withMessageContaining("(step: open lock)");
			}
		}
		await().ignoreExceptions().untilAsserted(() -> store.save(FileStoreTests.login("access-2", null)));
	}

	@Test
	void whenTheDiskHangsThenLoginsGoOnInMemoryWithOneWarning(CapturedOutput output) {
		ClientRegistration registration = ClientRegistration.withRegistrationId("flyte")
			.clientId("id")
			.authorizationGrantType(new AuthorizationGrantType("test"))
			.build();
		AuthorizedClientStore store = new AuthorizedClientStore("default", store(), Clock.systemUTC());
		this.disk.hang("");
		OAuth2AuthorizedClient client = new OAuth2AuthorizedClient(registration, "flyte",
				FileStoreTests.login("access-1", null).accessToken());
		for (int i = 0; i < 3; i++) {
			assertThat(store.<OAuth2AuthorizedClient>exclusively(() -> {
				store.save(client);
				return store.load(registration);
			})).isNotNull();
		}
		assertThat(this.disk.waiting()).hasSize(1);
		assertThat(output).containsOnlyOnce("the login goes on in memory")
			.contains("the file " + file() + ".lock cannot be reached")
			.contains("(step: open lock)");
	}

	private FileStore store() {
		return new FileStore(this.disk.path(file()), "server-a", null, SHORT, SHORT);
	}

	private String stored() {
		return new FileStore(file(), "server-a", null).load().accessToken().getTokenValue();
	}

	private Path file() {
		return this.folder.resolve("tokens").resolve("default");
	}

}
