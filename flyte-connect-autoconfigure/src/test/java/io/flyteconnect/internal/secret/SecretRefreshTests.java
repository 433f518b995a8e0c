package io.flyteconnect.internal.secret;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.flyteconnect.internal.file.BoundedFile;
import io.flyteconnect.secret.FlyteSecretChangedEvent;
import io.flyteconnect.secret.FlyteSecretSource;
import io.flyteconnect.secret.KubernetesVolume;
import io.flyteconnect.secret.Secret;
import io.flyteconnect.secret.SecretLocations;
import io.flyteconnect.secret.SecretValue;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("fault")
@ExtendWith(OutputCaptureExtension.class)
class SecretRefreshTests {

	private static final Duration INTERVAL = Duration.ofMillis(10);

	private final Path folder;

	private final KubernetesVolume volume;

	private final SecretReads reads = new SecretReads();

	private final FlyteSecretSource source;

	private final BlockingQueue<FlyteSecretChangedEvent> events = new LinkedBlockingQueue<>();

	private @Nullable SecretRefresh refresh;

	SecretRefreshTests(@TempDir Path folder) throws IOException {
		this.folder = folder;
		this.volume = new KubernetesVolume(Files.createDirectory(folder.resolve("db")));
		this.source = new FlyteSecretSource(new SecretLocations("_FSEC_", List.of(folder), ""),
				Map.of("_FSEC_DB_VARIABLE", "of-a-variable"), this.reads);
	}

	@AfterEach
	void stop() {
		if (this.refresh != null) {
			this.refresh.stop();
		}
	}

	@Test
	void whenVolumeIsTurnedOverThenTheSecretIsNamed(CapturedOutput output) throws Exception {
		this.volume.write(Map.of("pw", "first-s3cret", "user", "alice"));
		read("pw");
		read("user");
		start(INTERVAL, this.events::add);
		this.volume.write(Map.of("pw", "second-s3cret", "user", "alice"));
		assertThat(next()).isEqualTo(new FlyteSecretChangedEvent(Secret.of("db", "pw")));
		this.volume.write(Map.of("pw", "third-s3cret", "user", "bob"));
		assertThat(List.of(next().secret(), next().secret())).containsExactlyInAnyOrder(Secret.of("db", "pw"),
				Secret.of("db", "user"));
		assertThat(this.events).isEmpty();
		assertThat(output).contains("The secret with group 'db', key 'pw' has changed").doesNotContain("s3cret");
	}

	@Test
	void whenTimeAndSizeStayTheSameThenTheChangeIsSeen() throws Exception {
		Path file = this.folder.resolve("db/plain");
		FileTime time = FileTime.fromMillis(0);
		Files.setLastModifiedTime(Files.writeString(file, "aaaa"), time);
		read("plain");
		Files.setLastModifiedTime(Files.writeString(file, "bbbb"), time);
		start(INTERVAL, this.events::add);
		assertThat(next().secret()).isEqualTo(Secret.of("db", "plain"));
	}

	@Test
	void whenSecretGoesAndComesBackThenOnlyAnotherOneIsAChange(CapturedOutput output) throws Exception {
		this.volume.write(Map.of("pw", "first", "other", "o1"));
		read("pw");
		read("other");
		start(INTERVAL, this.events::add);
		this.volume.write(Map.of("other", "o2"));
		assertThat(next().secret()).isEqualTo(Secret.of("db", "other"));
		this.volume.write(Map.of("pw", "first", "other", "o3"));
		assertThat(next().secret()).isEqualTo(Secret.of("db", "other"));
		this.volume.write(Map.of("pw", "second", "other", "o3"));
		assertThat(next().secret()).isEqualTo(Secret.of("db", "pw"));
		// Other threads may warn of something else.
		assertThat(output.getAll().lines()).noneMatch((line) -> line.contains("WARN") && line.contains("ecret"));
	}

	@Test
	void whenSecretCannotBeReadThenThatIsLoggedOnceAndTheOthersAreWatched(CapturedOutput output) throws Exception {
		Path large = Files.writeString(this.folder.resolve("db/large"), "small");
		this.volume.write(Map.of("pw", "0"));
		read("large");
		read("pw");
		Files.write(large, new byte[BoundedFile.LIMIT + 1]);
		start(INTERVAL, this.events::add);
		for (int i = 1; i <= 3; i++) {
			this.volume.write(Map.of("pw", "" + i));
			assertThat(next().secret()).isEqualTo(Secret.of("db", "pw"));
		}
		assertThat(output).containsOnlyOnce("file " + large + " cannot be read: it is larger than 1 MiB");
	}

	@Test
	void whenListenerFailsThenTheNextChangeIsToldAllTheSame(CapturedOutput output) throws Exception {
		this.volume.write(Map.of("pw", "first"));
		read("pw");
		start(INTERVAL, (event) -> {
			this.events.add(event);
			throw new IllegalStateException("listener broke");
		});
		this.volume.write(Map.of("pw", "second"));
		next();
		this.volume.write(Map.of("pw", "third"));
		next();
		assertThat(output).contains("A listener failed that was told of the change of the secret with")
			.contains("listener broke");
	}

	@Test
	void whenSecretIsOfAVariableThenItIsNotWatched() {
		read("variable");
		assertThat(this.reads.files()).isEmpty();
		assertThat(this.reads.variables()).containsExactly("_FSEC_DB_VARIABLE");
	}

	@Test
	void whenStoppedThenThereIsNoThread() throws Exception {
		this.volume.write(Map.of("pw", "first"));
		read("pw");
		SecretRefresh started = start(INTERVAL, this.events::add);
		this.volume.write(Map.of("pw", "second"));
		next();
		Thread thread = thread();
		assertThat(thread).isNotNull().matches(Thread::isDaemon);
		assertThat(started.isRunning()).isTrue();
		started.stop();
		Objects.requireNonNull(thread).join(TimeUnit.SECONDS.toMillis(30));
		assertThat(thread.isAlive()).isFalse();
		assertThat(started.isRunning()).isFalse();
		started.start();
		this.volume.write(Map.of("pw", "third"));
		assertThat(next().secret()).isEqualTo(Secret.of("db", "pw"));
	}

	@Test
	void whenIntervalIsZeroThenNothingIsWatched() {
		assertThat(start(Duration.ZERO, this.events::add).isRunning()).isFalse();
		assertThat(thread()).isNull();
	}

	private SecretRefresh start(Duration interval, Consumer<FlyteSecretChangedEvent> listener) {
		SecretRefresh refresh = new SecretRefresh(interval, this.source, this.reads, listener);
		this.refresh = refresh;
		refresh.start();
		return refresh;
	}

	private void read(String key) {
		try (SecretValue value = this.source.find(Secret.of("db", key))) {
			assertThat(value).isNotNull();
		}
	}

	private FlyteSecretChangedEvent next() throws InterruptedException {
		return Objects.requireNonNull(this.events.poll(30, TimeUnit.SECONDS), "no event came");
	}

	private static @Nullable Thread thread() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("flyte-secret-refresh"))
			.findFirst()
			.orElse(null);
	}

}
