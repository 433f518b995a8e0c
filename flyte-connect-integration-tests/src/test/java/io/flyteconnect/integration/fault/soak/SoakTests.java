package io.flyteconnect.integration.fault.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

import io.grpc.Status.Code;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.flyteconnect.integration.connection.Applications;
import io.flyteconnect.integration.fault.FaultyFlyte;
import io.flyteconnect.test.FlyteTestServerBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Two hundred calls a second for an hour, tokens of thirty seconds, and a fault a minute:
 * {@code src/test/soak/run}. Leaves {@code target/soak/samples.csv},
 * {@code recoveries.csv} and {@code soak.svg}.
 */
@Tag("soak")
class SoakTests {

	private static final double SECONDS = 60 * Double.parseDouble(System.getProperty("flyte.soak.minutes", "60"));

	private static final int CALLS_PER_SECOND = Integer.getInteger("flyte.soak.rate", 200);

	private static final int FAULT_EVERY_SECONDS = Integer.getInteger("flyte.soak.every", 60);

	private static final int SAMPLE_EVERY_SECONDS = 2;

	/** After this, the threads of pools have ended. */
	private static final int POOLED_SECONDS = 75;

	private static final Path FOLDER = Path.of("target", "soak");

	private final List<SoakSample> samples = new ArrayList<>();

	private final List<String> recoveries = new ArrayList<>();

	private long start;

	private FaultyFlyte flyte;

	private SoakLoad load;

	private long doubled;

	private int threadsBefore;

	private List<String> threadsAfter = List.of();

	static FlyteTestServerBuilder server() {
		return FaultyFlyte.service().tokenLifetime(Duration.ofSeconds(30));
	}

	// The limit of all tests is of minutes.
	@Test
	@Timeout(value = 3, unit = TimeUnit.HOURS)
	void whenAFaultComesEachMinuteThenNoCallIsLostNoWriteIsDoubledAndHeapAndThreadsStayFlat() throws Exception {
		Files.createDirectories(FOLDER);
		try (FaultyFlyte started = FaultyFlyte.start(server(),
				Applications.create()
					.property("flyte.credentials.request-timeout", "5s")
					.property("logging.level.io.flyteconnect", "warn")
					// Of the server: a warning with its stack for each answer that a
					// reset leaves unsent.
					.property("logging.level.io.grpc.netty", "error"));
				SoakLoad calls = new SoakLoad(started.flyte())) {
			this.flyte = started;
			this.load = calls;
			this.start = System.nanoTime();
			this.threadsBefore = SoakThreads.now().size();
			calls.start(CALLS_PER_SECOND);
			for (int number = 0; seconds() < SECONDS; number++) {
				rest(FAULT_EVERY_SECONDS - 0.25 * FAULT_EVERY_SECONDS, "");
				endure(SoakFault.at(number));
			}
			rest(5, "");
			calls.close();
			await("each call ends").atMost(Duration.ofMinutes(1)).until(() -> calls.underWay() == 0);
			rest(POOLED_SECONDS, "");
			this.threadsAfter = SoakThreads.now();
			countDoubled();
		}
		finally {
			write();
		}
		assertThat(this.doubled).as("writes done twice").isZero();
		assertThat(this.load.made()).isEqualTo(this.load.answered() + this.load.failed());
		assertFlat("heap", SoakSample::heap, 8_000_000);
		// While calls are made, there are as many as were under way at once.
		assertThat(this.threadsAfter).as("threads, of which there were %d before", this.threadsBefore)
			.hasSizeLessThanOrEqualTo(this.threadsBefore + 20);
		assertFlat("files", SoakSample::files, 20);
	}

	private void endure(SoakFault fault) throws Exception {
		long failed = this.load.failed();
		countDoubled();
		fault.begin(this.flyte);
		rest(0.25 * FAULT_EVERY_SECONDS, fault.name());
		this.flyte.mend();
		long mended = System.nanoTime();
		await("well after " + fault).atMost(Duration.ofMinutes(2))
			.pollInterval(Duration.ofMillis(5))
			.until(() -> this.load.hasSucceededSince(mended));
		this.recoveries.add("%s,%d,%d".formatted(fault, this.load.failed() - failed,
				Duration.ofNanos(System.nanoTime() - mended).toMillis()));
	}

	// What the servers have noted of calls would grow without end.
	private void countDoubled() {
		this.doubled += this.flyte.server().calls().outcomes(Code.ALREADY_EXISTS);
		this.flyte.server().calls().clear();
		this.flyte.provider().clearRequests();
	}

	private void rest(double seconds, String fault) throws InterruptedException {
		double end = seconds() + seconds;
		while (seconds() < end) {
			Thread.sleep((long) (1000 * Math.min(SAMPLE_EVERY_SECONDS, Math.max(0.001, end - seconds()))));
			this.samples.add(SoakSample.take(seconds(), fault, this.load, this.flyte.resent()));
		}
	}

	private double seconds() {
		return (System.nanoTime() - this.start) / 1e9;
	}

	private void write() throws IOException {
		List<String> lines = new ArrayList<>(List.of(SoakSample.HEADER));
		this.samples.forEach((sample) -> lines.add(sample.line()));
		Files.write(FOLDER.resolve("samples.csv"), lines);
		List<String> faults = new ArrayList<>(List.of("fault,failed,milliseconds_until_well"));
		faults.addAll(this.recoveries);
		Files.write(FOLDER.resolve("recoveries.csv"), faults);
		Files.writeString(FOLDER.resolve("soak.svg"), SoakPlot.draw(this.samples));
		Files.writeString(FOLDER.resolve("outcome.txt"),
				"made %d, answered %d, failed %d %s, resent %d, doubled %d%nthreads before %d, after %s%n".formatted(
						this.load.made(), this.load.answered(), this.load.failed(), this.load.failures(),
						this.samples.get(this.samples.size() - 1).resent(), this.doubled, this.threadsBefore,
						SoakThreads.byName(this.threadsAfter)));
	}

	// The medians of the second and of the last quarter.
	private void assertFlat(String what, ToLongFunction<SoakSample> value, long more) {
		int quarter = this.samples.size() / 4;
		long early = median(this.samples.subList(quarter, 2 * quarter), value);
		long late = median(this.samples.subList(3 * quarter, this.samples.size()), value);
		assertThat(late).as("%s, of which there were %s", what, early).isLessThanOrEqualTo(early + early / 5 + more);
	}

	private static long median(List<SoakSample> samples, ToLongFunction<SoakSample> value) {
		return samples.stream().mapToLong(value).sorted().skip(samples.size() / 2).findFirst().orElseThrow();
	}

}
