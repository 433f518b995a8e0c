package io.flyteconnect.internal.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.flyteconnect.internal.file.UnusableFileException.Problem;
import io.flyteconnect.testsupport.HangingFile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link TimedFileAccess}, with files that hang for real.
 */
class TimedFileAccessTests {

	private static final Duration SHORT = Duration.ofMillis(200);

	private static final Duration LONG = Duration.ofMinutes(1);

	@TempDir
	Path folder;

	private Path file;

	@BeforeEach
	void write() throws Exception {
		this.file = Files.writeString(this.folder.resolve("secret"), "s3cret");
	}

	@Test
	void whenTheOpenHangsThenTheWaitIsShortAndOneThreadIsKept() throws Exception {
		try (HangingFile hanging = new HangingFile(this.file)) {
			assertThat(problem(this.file)).isEqualTo(Problem.NO_ANSWER);
			for (int i = 0; i < 20; i++) {
				assertThat(problem(this.folder.resolve("./secret"))).isEqualTo(Problem.NO_ANSWER);
			}
			assertThat(readers()).isOne();
			// Other files are not held up.
			Path other = Files.writeString(this.folder.resolve("other"), "other");
			assertThat(BoundedFile.read(other, LONG)).asString().isEqualTo("other");
		}
		await().ignoreExceptions()
			.untilAsserted(() -> assertThat(BoundedFile.read(this.file, LONG)).asString().isEqualTo("s3cret"));
		await().until(() -> readers() == 0);
	}

	@Test
	void whenALinkLeadsToAFileThatHangsThenTheWaitIsShort() throws Exception {
		Path link = Files.createSymbolicLink(this.folder.resolve("link"), this.file);
		try (HangingFile hanging = new HangingFile(this.file)) {
			assertThat(problem(link)).isEqualTo(Problem.NO_ANSWER);
		}
		await().until(() -> readers() == 0);
	}

	@Test
	void whenManyLookAtOnceThenOneThreadIsKept() throws Exception {
		try (HangingFile hanging = new HangingFile(this.file)) {
			List<CompletableFuture<Problem>> problems = new ArrayList<>();
			for (int i = 0; i < 20; i++) {
				CompletableFuture<Problem> problem = new CompletableFuture<>();
				new Thread(() -> problem.complete(problem(this.file))).start();
				problems.add(problem);
			}
			for (CompletableFuture<Problem> problem : problems) {
				assertThat(problem.get(20, TimeUnit.SECONDS)).isEqualTo(Problem.NO_ANSWER);
			}
			assertThat(readers()).isOne();
		}
		await().until(() -> readers() == 0);
	}

	@Test
	void whenManyComeAtOnceThenTheWaitForTheirTurnDoesNotCount() throws Exception {
		Duration patience = Duration.ofSeconds(1);
		AtomicInteger atOnce = new AtomicInteger();
		List<CompletableFuture<Integer>> results = new ArrayList<>();
		for (int i = 0; i < 400; i++) {
			CompletableFuture<Integer> result = new CompletableFuture<>();
			Thread thread = new Thread(() -> result.completeAsync(() -> access(patience, () -> {
				int users = atOnce.incrementAndGet();
				Thread.sleep(4);
				atOnce.decrementAndGet();
				return users;
			}), Runnable::run));
			thread.start();
			results.add(result);
		}
		for (CompletableFuture<Integer> result : results) {
			assertThat(result.get(60, TimeUnit.SECONDS)).isOne();
		}
	}

	@Test
	void whenWhoHasTheFileIsInterruptedThenTheDiskIsNotTakenForDead() throws Exception {
		CountDownLatch answer = new CountDownLatch(1);
		Thread first = new Thread(() -> access(LONG, () -> {
			awaitWithoutEnd(answer);
			return 1;
		}));
		first.start();
		await().until(() -> readers() == 1);
		first.interrupt();
		first.join();
		CompletableFuture<Integer> second = new CompletableFuture<>();
		Thread thread = new Thread(() -> second.completeAsync(() -> access(LONG, () -> 2), Runnable::run));
		thread.start();
		await().until(() -> thread.getState() == Thread.State.TIMED_WAITING || second.isDone());
		answer.countDown();
		assertThat(second.get(20, TimeUnit.SECONDS)).isEqualTo(2);
	}

	private int access(Duration patience, Callable<Integer> action) {
		try {
			return TimedFileAccess.call(this.file, "look", patience, () -> {
				try {
					return action.call();
				}
				catch (Exception ex) {
					throw new IOException(ex);
				}
			}, (late) -> {
			});
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Test
	void whenOneWhoWaitsIsInterruptedThenOthersHaveTheirTurns() throws Exception {
		CompletableFuture<String> content;
		try (HangingFile hanging = new HangingFile(this.file)) {
			content = CompletableFuture.supplyAsync(() -> text(this.file));
			await().until(() -> readers() == 1);
			CompletableFuture<Problem> interrupted = new CompletableFuture<>();
			Thread second = new Thread(() -> interrupted.complete(problem(this.file, LONG)));
			second.start();
			await().until(() -> second.getState() == Thread.State.TIMED_WAITING);
			second.interrupt();
			assertThat(interrupted.get(20, TimeUnit.SECONDS)).isEqualTo(Problem.UNREADABLE);
		}
		assertThat(content.get(20, TimeUnit.SECONDS)).isEqualTo("s3cret");
		assertThat(text(this.file)).isEqualTo("s3cret");
	}

	@Test
	void whenAnActionComesTooLateThenItsResultIsGivenBack() throws Exception {
		CountDownLatch answer = new CountDownLatch(1);
		CompletableFuture<String> late = new CompletableFuture<>();
		assertThatExceptionOfType(UnusableFileException.class)
			.isThrownBy(() -> TimedFileAccess.call(this.file, "open it", SHORT, () -> {
				awaitWithoutEnd(answer);
				return "lock, interrupted=" + Thread.interrupted();
			}, late::complete))
			.withMessage(
					"the file " + this.file + " cannot be reached: its disk or mount gives no answer (step: open it)");
		answer.countDown();
		assertThat(late.get(20, TimeUnit.SECONDS)).isEqualTo("lock, interrupted=true");
	}

	private static void awaitWithoutEnd(CountDownLatch latch) {
		boolean interrupted = false;
		while (latch.getCount() > 0) {
			try {
				latch.await();
			}
			catch (InterruptedException ex) {
				interrupted = true;
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	@Test
	void whenAnActionConsistsOfOthersThenItIsOneThread() throws Exception {
		String content = TimedFileAccess.call(this.file, "look", () -> BoundedFile.text(this.file));
		assertThat(content).isEqualTo("s3cret");
	}

	@Test
	void whenTheFileIsMendedInTimeThenItIsRead() throws Exception {
		CompletableFuture<String> content;
		try (HangingFile hanging = new HangingFile(this.file)) {
			content = CompletableFuture.supplyAsync(() -> text(this.file));
			await().until(() -> readers() == 1);
		}
		assertThat(content.get(20, TimeUnit.SECONDS)).isEqualTo("s3cret");
	}

	@Test
	void whenTheWaitingThreadIsInterruptedThenItWaitsNoLonger() throws Exception {
		CompletableFuture<Problem> result = new CompletableFuture<>();
		try (HangingFile hanging = new HangingFile(this.file)) {
			Thread thread = new Thread(() -> {
				Problem problem = catchThrowableOfType(UnusableFileException.class,
						() -> BoundedFile.read(this.file, LONG))
					.getProblem();
				result.complete(Thread.currentThread().isInterrupted() ? problem : null);
			});
			thread.start();
			await().until(() -> readers() == 1);
			thread.interrupt();
			assertThat(result.get(20, TimeUnit.SECONDS)).isEqualTo(Problem.UNREADABLE);
		}
		await().until(() -> readers() == 0);
	}

	@Test
	void whenTheFileIsNoneToReadThenThatIsSaidAsBefore() {
		assertThatExceptionOfType(UnusableFileException.class)
			.isThrownBy(() -> BoundedFile.read(this.folder.resolve("nothing"), LONG))
			.withMessage("the file " + this.folder.resolve("nothing") + " does not exist");
	}

	private static Problem problem(Path file) {
		return problem(file, SHORT);
	}

	private static Problem problem(Path file, Duration patience) {
		return catchThrowableOfType(UnusableFileException.class, () -> BoundedFile.read(file, patience)).getProblem();
	}

	private static String text(Path file) {
		try {
			return new String(BoundedFile.read(file, LONG));
		}
		catch (UnusableFileException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private long readers() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("flyte-file"))
			.count();
	}

}
