package io.flyteconnect.integration.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;

import flyteidl.admin.ProjectOuterClass.ProjectListRequest;
import io.grpc.StatusRuntimeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.flyteconnect.integration.connection.Applications;
import io.flyteconnect.testsupport.MovableClock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What happens to the file of a client secret while an application runs: calls that have
 * a token notice nothing, and a login reads what is there then.
 */
@Tag("fault")
class SecretFileFaultTests {

	private static final Duration END_OF_TOKEN = Duration.ofHours(1);

	private static final Duration LONGEST_HOLD_OFF = Duration.ofSeconds(31);

	private static final MovableClock clock = new MovableClock(Instant.now());

	@TempDir
	private static Path folder;

	private static Path file;

	private static FaultyFlyte faulty;

	@BeforeAll
	static void start() throws IOException {
		file = Files.writeString(folder.resolve("client_secret"), "secret");
		faulty = FaultyFlyte.start(FaultyFlyte.service(),
				Applications.create()
					.clock(clock)
					.property("flyte.credentials.client-secret", "")
					.property("flyte.credentials.client-secret-location", file));
	}

	@AfterAll
	static void stop() {
		faulty.close();
	}

	@BeforeEach
	void logIn() throws IOException {
		Files.deleteIfExists(file);
		Files.writeString(file, "secret");
		faulty.provider().addClient("service", "secret");
		clock.move(LONGEST_HOLD_OFF);
		call();
	}

	@Test
	void whenTheFileIsReplacedThenTheNextLoginShowsTheNewSecretAndNoCallFails() throws IOException {
		faulty.provider().addClient("service", "another-secret");
		Path next = Files.writeString(folder.resolve("next"), "another-secret");
		Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
		int requests = faulty.provider().tokenRequestCount();
		clock.move(END_OF_TOKEN);
		call();
		assertThat(faulty.provider().tokenRequestCount()).isEqualTo(requests + 1);
	}

	@ParameterizedTest
	@EnumSource
	void whenTheFileIsSpoiledThenCallsGoOnUntilALoginIsNeededWhichNamesIt(Damage damage) throws IOException {
		damage.spoil(file);
		call();
		int requests = faulty.provider().tokenRequestCount();
		clock.move(END_OF_TOKEN);
		assertThatExceptionOfType(StatusRuntimeException.class).isThrownBy(SecretFileFaultTests::call)
			.withMessageContaining(file.toString());
		assertThat(faulty.provider().tokenRequestCount()).as("requests without a secret").isEqualTo(requests);
		Files.deleteIfExists(file);
		Files.writeString(file, "secret");
		clock.move(LONGEST_HOLD_OFF);
		call();
		FaultFigures.write("secret file " + damage, 3, 1, 0, Duration.ZERO);
		assertThat(faulty.provider().tokenRequestCount()).isEqualTo(requests + 1);
	}

	private static void call() {
		faulty.flyte().blocking().listProjects(ProjectListRequest.getDefaultInstance());
	}

	enum Damage {

		TRUNCATED {

			@Override
			void spoil(Path file) throws IOException {
				Files.writeString(file, "");
			}

		},

		DELETED {

			@Override
			void spoil(Path file) throws IOException {
				Files.delete(file);
			}

		},

		// Nobody can read it, not even the superuser.
		UNREADABLE {

			@Override
			void spoil(Path file) throws IOException {
				Files.delete(file);
				Files.createSymbolicLink(file, file);
			}

		},

		A_FOLDER {

			@Override
			void spoil(Path file) throws IOException {
				Files.delete(file);
				Files.createDirectory(file);
			}

		};

		abstract void spoil(Path file) throws IOException;

	}

}
