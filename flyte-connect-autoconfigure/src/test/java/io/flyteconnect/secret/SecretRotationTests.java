package io.flyteconnect.secret;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A secret that is rotated while it is read.
 */
@Tag("fault")
class SecretRotationTests {

	private static final int READERS = 16;

	private static final int ROTATIONS = 100;

	/** So long that reading it takes more than one step. */
	private static final int LENGTH = 100_000;

	/**
	 * Whatever the volume holds, links of it are on the way to the secret.
	 */
	@ParameterizedTest(name = "a volume at {0} of .../secrets/db/pair")
	@CsvSource({ "secrets/db, pair", "secrets, db/pair", "'', secrets/db/pair" })
	void whenRotatedUnderReadersThenNothingIsLostAndNothingMixed(String mounted, String file, @TempDir Path folder)
			throws Exception {
		KubernetesVolume volume = new KubernetesVolume(Files.createDirectories(folder.resolve(mounted)));
		volume.write(Map.of(file, pair(0)));
		SecretResolver resolver = SecretResolver
			.of(new FlyteSecretSource(new SecretLocations("_FSEC_", List.of(folder.resolve("secrets")), ""), Map.of()));
		AtomicInteger written = new AtomicInteger();
		AtomicInteger finished = new AtomicInteger();
		AtomicInteger newest = new AtomicInteger();
		CountDownLatch reading = new CountDownLatch(READERS);
		ExecutorService threads = Executors.newFixedThreadPool(READERS);
		try {
			List<Future<Set<Integer>>> readers = new ArrayList<>();
			for (int i = 0; i < READERS; i++) {
				readers.add(threads.submit(reader(resolver, written, finished, newest, reading)));
			}
			assertThat(reading.await(30, TimeUnit.SECONDS)).as("each reader has tried to read").isTrue();
			for (int rotation = 1; rotation <= ROTATIONS; rotation++) {
				written.set(rotation);
				volume.write(Map.of(file, pair(rotation)));
				finished.set(rotation);
				if (rotation % 4 == 0) {
					// However busy the machine is, readers come in between.
					awaitReader(newest, rotation);
				}
			}
			Set<Integer> seen = new TreeSet<>();
			for (Future<Set<Integer>> reader : readers) {
				assertThat(reader.get(60, TimeUnit.SECONDS)).contains(ROTATIONS);
				seen.addAll(reader.get());
			}
			assertThat(seen).as("read while it was rotated").hasSizeGreaterThan(READERS);
		}
		finally {
			threads.shutdownNow();
		}
	}

	private static void awaitReader(AtomicInteger newest, int rotation) throws InterruptedException {
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
		while (newest.get() < rotation && System.nanoTime() < deadline) {
			TimeUnit.MILLISECONDS.sleep(1);
		}
	}

	private static Callable<Set<Integer>> reader(SecretResolver resolver, AtomicInteger written, AtomicInteger finished,
			AtomicInteger newest, CountDownLatch reading) {
		return () -> {
			Set<Integer> seen = new TreeSet<>();
			for (int last = 0; last < ROTATIONS;) {
				int oldest = finished.get();
				try (SecretValue value = resolver.get("db", "pair")) {
					byte[] pair = value.bytes();
					assertThat(pair).hasSize(2 * LENGTH);
					assertThat(Arrays.equals(pair, 0, LENGTH, pair, LENGTH, 2 * LENGTH)).isTrue();
					int rotation = Integer.parseInt(new String(pair, 0, 6, StandardCharsets.US_ASCII));
					assertThat(rotation).as("not older than the last one").isBetween(oldest, written.get());
					last = rotation;
					newest.accumulateAndGet(rotation, Math::max);
				}
				finally {
					// Once only. A reader that fails does not hold up the others, and its
					// failure is the test's.
					if (seen.isEmpty()) {
						reading.countDown();
					}
				}
				seen.add(last);
			}
			return seen;
		};
	}

	private static String pair(int rotation) {
		String half = "%06d".formatted(rotation);
		half += String.valueOf((char) ('a' + rotation % 26)).repeat(LENGTH - half.length());
		return half + half;
	}

}
