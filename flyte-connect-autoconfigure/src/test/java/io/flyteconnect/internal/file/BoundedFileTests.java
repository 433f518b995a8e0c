package io.flyteconnect.internal.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.flyteconnect.internal.file.UnusableFileException.Problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class BoundedFileTests {

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path folder;

	@Test
	void whenFileIsEmptyOrAsLargeAsTheLimitThenItIsRead() throws Exception {
		assertThat(BoundedFile.read(Files.write(file(), new byte[0]))).isEmpty();
		assertThat(BoundedFile.read(Files.write(file(), new byte[BoundedFile.LIMIT]))).hasSize(BoundedFile.LIMIT);
	}

	@Test
	void whenFileIsLargerThenItIsRefused() throws Exception {
		Files.write(file(), new byte[BoundedFile.LIMIT + 1]);
		refused(file(), Problem.TOO_LARGE, "is larger than 1 MiB");
	}

	@Test
	void whenLinksLeadToARegularFileThenTheyAreFollowed() throws Exception {
		Files.createDirectory(this.folder.resolve("..2026"));
		Files.writeString(this.folder.resolve("..2026/token"), "caf\u00e9");
		Files.createSymbolicLink(this.folder.resolve("..data"), Path.of("..2026"));
		Path link = Files.createSymbolicLink(this.folder.resolve("token"), Path.of("..data/token"));
		assertThat(BoundedFile.text(link)).isEqualTo("caf\u00e9");
		assertThatExceptionOfType(UnusableFileException.class)
			.isThrownBy(() -> BoundedFile.read(link, LinkOption.NOFOLLOW_LINKS))
			.satisfies((ex) -> assertThat(ex.getProblem()).isEqualTo(Problem.NOT_REGULAR));
	}

	@Test
	void whenFileSystemDoesNotTellTheSizeThenFileIsReadToItsEnd() throws Exception {
		assertThat(BoundedFile.text(Path.of("/proc/self/status"))).startsWith("Name:");
	}

	@Test
	void whenItIsAPipeADeviceOrALinkToOneThenItIsNotOpened() throws Exception {
		Path pipe = this.folder.resolve("pipe");
		assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
		refused(pipe, Problem.NOT_REGULAR, "is no regular file");
		refused(Path.of("/dev/zero"), Problem.NOT_REGULAR, "is no regular file");
		refused(Files.createSymbolicLink(this.folder.resolve("link"), pipe), Problem.NOT_REGULAR, "is no regular file");
	}

	@Test
	void whenItIsAFolderMissingOrNoTextThenThatIsSaid() throws Exception {
		refused(this.folder, Problem.FOLDER, "is a folder, not a file");
		refused(this.folder.resolve("nothing"), Problem.MISSING, "does not exist");
		refused(Files.write(file(), new byte[] { 'a', (byte) 0xff }), Problem.NOT_TEXT, "is no UTF-8 text");
	}

	/** As Kubernetes does it with the folder of a volume that it has turned over. */
	@Test
	void whenItsFolderIsRemovedWhileItIsLookedForThenItIsMissing() throws Exception {
		Path removed = this.folder.resolve("..2026");
		AtomicBoolean done = new AtomicBoolean();
		CompletableFuture<Void> removing = CompletableFuture.runAsync(() -> {
			while (!done.get()) {
				createAndRemove(removed);
			}
		}, (task) -> new Thread(task, "removing").start());
		try {
			for (int i = 0; i < 2000; i++) {
				refused(removed.resolve("file"), Problem.MISSING, "does not exist");
			}
		}
		finally {
			done.set(true);
			removing.get(30, TimeUnit.SECONDS);
		}
	}

	private static void createAndRemove(Path folder) {
		try {
			Files.delete(Files.createDirectory(folder));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Test
	void whenItCannotBeReadThenTheKindOfFailureIsSaid() throws Exception {
		refused(Files.createSymbolicLink(file(), file()), Problem.UNREADABLE, "cannot be read (FileSystemException)");
	}

	@Test
	void whenItsPathLeadsThroughAFileThenItIsNotMissing() throws Exception {
		Path below = Files.writeString(file(), "a file").resolve("below").resolve("deeper");
		refused(below.getParent(), Problem.UNREADABLE, "cannot be read (FileSystemException)");
		refused(below, Problem.UNREADABLE, "cannot be read (FileSystemException)");
	}

	private static void refused(Path file, Problem problem, String sentence) {
		assertThatExceptionOfType(UnusableFileException.class).isThrownBy(() -> BoundedFile.text(file))
			.withMessage("the file " + file + " " + sentence)
			.satisfies((ex) -> assertThat(ex.getProblem()).isEqualTo(problem))
			.satisfies((ex) -> assertThat(ex.getSentence()).isEqualTo(sentence));
	}

	private Path file() {
		return this.folder.resolve("file");
	}

}
