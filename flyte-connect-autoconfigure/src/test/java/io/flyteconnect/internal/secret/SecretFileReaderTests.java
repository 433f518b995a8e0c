package io.flyteconnect.internal.secret;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.flyteconnect.secret.KubernetesVolume;
import io.flyteconnect.secret.UnreadableSecretException;
import io.flyteconnect.testsupport.BrokenDisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class SecretFileReaderTests {

	private final Path root;

	private final Path folder;

	private final Path file;

	SecretFileReaderTests(@TempDir Path root) throws IOException {
		this.root = root;
		this.folder = Files.createDirectories(root.resolve("secrets"));
		this.file = Files.createDirectories(this.folder.resolve("db")).resolve("pw");
	}

	@Test
	void whenThereIsAFileThenItsBytesAreRead() throws IOException {
		byte[] bytes = new byte[256];
		for (int i = 0; i < bytes.length; i++) {
			bytes[i] = (byte) i;
		}
		Files.write(this.file, bytes);
		assertThat(read()).isEqualTo(bytes);
	}

	@Test
	void whenFileIsEmptyThenItIsASecret() throws IOException {
		Files.createFile(this.file);
		assertThat(read()).isEmpty();
	}

	@Test
	void whenThereIsNoFileThenThereIsNoSecret() throws IOException {
		assertThat(read()).isNull();
		Files.createDirectory(this.file);
		assertThat(read()).as("a folder").isNull();
	}

	@Test
	void whenWhatShouldBeAFolderIsAFileThenThereIsNoSecret() throws IOException {
		Files.writeString(this.file, "s3cret");
		assertThat(read(this.folder, this.file.resolve("more"))).isNull();
	}

	@Test
	void whenNameIsTooLongForAFileThenThereIsNoSecret() {
		assertThat(read(this.folder, this.folder.resolve("x".repeat(300)))).isNull();
	}

	@Test
	void whenLinkStaysInTheFolderOfTheGroupThenItIsFollowed() throws IOException {
		Files.writeString(this.folder.resolve("db/real"), "s3cret");
		Files.createSymbolicLink(this.file, Path.of("real"));
		assertThat(read()).asString(StandardCharsets.UTF_8).isEqualTo("s3cret");
	}

	@ParameterizedTest
	@ValueSource(strings = { "../real", "../other/pw", "../db-of-others/pw" })
	void whenLinkLeadsToAnotherGroupThenItIsRefused(String target) throws IOException {
		Path real = this.file.resolveSibling(target).normalize();
		Files.createDirectories(real.getParent());
		Files.writeString(real, "s3cret");
		Files.createSymbolicLink(this.file, Path.of(target));
		refused("a link leads out of the folder of its group");
	}

	@Test
	void whenTheFolderItselfIsALinkThenItIsFollowed() throws IOException {
		Files.writeString(this.file, "s3cret");
		Path link = Files.createSymbolicLink(this.root.resolve("link"), this.folder);
		assertThat(read(link, link.resolve("db/pw"))).asString(StandardCharsets.UTF_8).isEqualTo("s3cret");
	}

	@Test
	void whenLinkLeadsOutOfTheFolderThenItIsRefused() throws IOException {
		Files.writeString(this.root.resolve("outside"), "s3cret");
		Files.createSymbolicLink(this.file, Path.of("../../outside"));
		refused("a link leads out of the folder of its group");
	}

	@Test
	void whenLinkOfAFolderLeadsOutThenItIsRefused() throws IOException {
		Files.writeString(Files.createDirectory(this.root.resolve("outside")).resolve("pw"), "s3cret");
		Files.delete(this.folder.resolve("db"));
		Files.createSymbolicLink(this.folder.resolve("db"), this.root.resolve("outside"));
		refused("a link leads out of the folder of its group");
	}

	@Test
	void whenFolderBesideBeginsWithTheSameNameThenItIsOutside() throws IOException {
		Path beside = Files.createDirectory(this.root.resolve("secrets-of-others")).resolve("pw");
		Files.writeString(beside, "s3cret");
		Files.createSymbolicLink(this.file, beside);
		refused("a link leads out of the folder of its group");
	}

	@Test
	void whenLinkLeadsNowhereThenThereIsNoSecret() throws IOException {
		Files.createSymbolicLink(this.file, Path.of("nowhere"));
		assertThat(read()).isNull();
	}

	@Test
	void whenLinksLeadInACircleThenThatIsSaid() throws IOException {
		Files.createSymbolicLink(this.file, Path.of("pw2"));
		Files.createSymbolicLink(this.folder.resolve("db/pw2"), Path.of("pw"));
		refused("reading it failed");
	}

	@Test
	void whenKubernetesMountsTheGroupThenItsLinksAreFollowed() throws IOException {
		KubernetesVolume volume = new KubernetesVolume(this.folder.resolve("db"));
		volume.write(Map.of("pw", "first"));
		assertThat(Files.readSymbolicLink(this.file)).hasToString("..data/pw");
		assertThat(read()).asString(StandardCharsets.UTF_8).isEqualTo("first");
		volume.write(Map.of("pw", "second"));
		assertThat(read()).asString(StandardCharsets.UTF_8).isEqualTo("second");
	}

	@Test
	void whenKubernetesMountsTheWholeFolderThenItsLinksAreFollowed() throws IOException {
		Files.delete(this.folder.resolve("db"));
		KubernetesVolume volume = new KubernetesVolume(this.folder);
		volume.write(Map.of("db/pw", "first"));
		assertThat(Files.isSymbolicLink(this.folder.resolve("db"))).isTrue();
		assertThat(read()).asString(StandardCharsets.UTF_8).isEqualTo("first");
	}

	@Test
	void whenTheFolderIsWithinAVolumeThenItsLinksAreFollowed() throws IOException {
		Path volume = Files.createDirectory(this.root.resolve("volume"));
		new KubernetesVolume(volume).write(Map.of("flyte/db/pw", "first"));
		Path within = volume.resolve("flyte");
		assertThat(read(within, within.resolve("db/pw"))).asString(StandardCharsets.UTF_8).isEqualTo("first");
	}

	@Test
	void whenDataIsNoLinkOfKubernetesThenItIsRefused() throws IOException {
		Files.writeString(Files.createDirectory(this.root.resolve("outside")).resolve("pw"), "s3cret");
		Files.createSymbolicLink(this.folder.resolve("db/..data"), this.root.resolve("outside"));
		Files.createSymbolicLink(this.file, Path.of("..data/pw"));
		refused("a link leads out of the folder of its group");
	}

	@Test
	void whenFileIsAsLargeAsASecretMayBeThenItIsRead() throws IOException {
		Files.write(this.file, new byte[1024 * 1024]);
		assertThat(read()).hasSize(1024 * 1024);
	}

	@Test
	void whenFileIsLargerThenItIsRefused() throws IOException {
		Files.write(this.file, new byte[1024 * 1024 + 1]);
		refused("it is larger than 1 MiB");
	}

	@Test
	void whenFileIsAPipeThenItIsRefusedInsteadOfWaitedFor() throws Exception {
		assertThat(new ProcessBuilder("mkfifo", this.file.toString()).start().waitFor()).isZero();
		refused("it is no regular file");
	}

	@ParameterizedTest
	@CsvSource({ "readAttributes", "toRealPath", "newByteChannel" })
	void whenTheDiskHangsThenThatIsSaidAndOneThreadIsKept(String operation) throws IOException {
		Files.writeString(this.file, "s3cret");
		try (BrokenDisk disk = new BrokenDisk()) {
			disk.hang(operation);
			SecretFileReader reader = new SecretFileReader(disk.path(this.folder), disk.path(this.file), "file db/pw",
					Duration.ofMillis(200));
			for (int i = 0; i < 3; i++) {
				assertThatExceptionOfType(UnreadableSecretException.class).isThrownBy(reader::read)
					.withMessageContaining("file db/pw")
					.withMessageContaining("its disk or mount gives no answer (step: read)")
					.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("s3cret"));
				assertThat(disk.waiting()).hasSizeLessThan(2);
			}
			disk.close();
			await().ignoreExceptions()
				.untilAsserted(() -> assertThat(reader.read()).asString(StandardCharsets.UTF_8).isEqualTo("s3cret"));
		}
	}

	private void refused(String reason) {
		assertThatExceptionOfType(UnreadableSecretException.class).isThrownBy(this::read)
			.withMessageContaining("file db/pw")
			.withMessageContaining(reason)
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("s3cret"));
	}

	private byte @Nullable [] read() {
		return read(this.folder, this.file);
	}

	private static byte @Nullable [] read(Path folder, Path file) {
		return new SecretFileReader(folder, file, "file db/pw").read();
	}

}
