package io.flyteconnect.internal.channel.reconnect;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Reconnector}: when a channel is told to connect anew. The times are
 * given, not waited for; {@code SilentConnectionTests} has real connections.
 */
class ReconnectorTests {

	private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

	private final RecordingChannel channel = new RecordingChannel();

	private final List<Duration> delays = new ArrayList<>();

	private final List<Runnable> tasks = new ArrayList<>();

	private final Reconnector reconnector = new Reconnector("flyte.example:443", (delay, task) -> {
		this.delays.add(delay);
		this.tasks.add(task);
	});

	private long now;

	ReconnectorTests() {
		this.reconnector.start(this.channel);
	}

	@Test
	void whenTheSilenceIsShorterThanAQuarterOfASecondThenTheConnectionIsKept() {
		MonitoredConnection connection = silentConnection();
		this.reconnector.replace(connection, this.now + 1);
		this.reconnector.replace(connection, this.now + TimeUnit.MILLISECONDS.toNanos(250) - 1);
		assertThat(this.channel.restarts).isZero();
		this.reconnector.replace(connection, this.now + TimeUnit.MILLISECONDS.toNanos(250));
		assertThat(this.channel.restarts).isOne();
	}

	@Test
	void whenAConnectionHasBeenReplacedThenItIsNotReplacedAgain() {
		MonitoredConnection connection = silentConnection();
		this.reconnector.replace(connection, this.now + SECOND);
		this.reconnector.replace(connection, this.now + 2 * SECOND);
		assertThat(this.channel.restarts).isOne();
		assertThat(this.tasks).hasSize(1);
	}

	@Test
	void whenTheNewConnectionTakesTooLongThenItIsGivenUpForAnotherWithoutAnyCall() {
		replaceConnection();
		assertThat(this.delays).containsExactly(Duration.ofSeconds(4));
		this.channel.state = ConnectivityState.CONNECTING;
		runTask(0);
		assertThat(this.channel.restarts).isEqualTo(2);
		runTask(1);
		runTask(2);
		assertThat(this.channel.restarts).isEqualTo(4);
		assertThat(this.delays).containsExactly(Duration.ofSeconds(4), Duration.ofSeconds(8), Duration.ofSeconds(8),
				Duration.ofSeconds(8));
	}

	@Test
	void whenThereIsAConnectionInTimeThenNothingIsGivenUp() {
		replaceConnection();
		for (ConnectivityState state : List.of(ConnectivityState.READY, ConnectivityState.IDLE,
				ConnectivityState.TRANSIENT_FAILURE, ConnectivityState.SHUTDOWN)) {
			this.channel.state = state;
			runTask(0);
		}
		assertThat(this.channel.restarts).isOne();
	}

	@Test
	void whenAnAttemptIsFollowedByAnotherThenItsOwnTimeEndsNothing() {
		replaceConnection();
		replaceConnection();
		this.channel.state = ConnectivityState.CONNECTING;
		runTask(0);
		assertThat(this.channel.restarts).as("the time of the first attempt").isEqualTo(2);
		runTask(1);
		assertThat(this.channel.restarts).as("the time of the second attempt").isEqualTo(3);
	}

	@Test
	void whenACallIsSentThenTheNextTroubleBeginsWithTheShorterTime() {
		replaceConnection();
		this.channel.state = ConnectivityState.CONNECTING;
		runTask(0);
		this.reconnector.connected();
		replaceConnection();
		assertThat(this.delays).containsExactly(Duration.ofSeconds(4), Duration.ofSeconds(8), Duration.ofSeconds(4));
	}

	@Test
	void whenCallsEndBeforeThereIsAConnectionThenTheAttemptIsGivenUpWhenItsTimeIsOver() {
		long start = System.nanoTime();
		this.channel.state = ConnectivityState.CONNECTING;
		this.reconnector.waitedInVain(start, start + SECOND);
		this.reconnector.waitedInVain(start + 3 * SECOND, start + 4 * SECOND - 1);
		assertThat(this.channel.restarts).isZero();
		this.reconnector.waitedInVain(start + 3 * SECOND, start + 4 * SECOND);
		assertThat(this.channel.restarts).isOne();
		this.reconnector.waitedInVain(start + 3 * SECOND, start + 12 * SECOND - 1);
		assertThat(this.channel.restarts).isOne();
		this.reconnector.waitedInVain(start + 3 * SECOND, start + 12 * SECOND);
		assertThat(this.channel.restarts).isEqualTo(2);
	}

	@Test
	void whenAttemptsFailAfterASilenceThenACallStartsAnotherEveryFourSeconds() {
		replaceConnection();
		long replaced = this.now + SECOND;
		this.channel.state = ConnectivityState.TRANSIENT_FAILURE;
		for (int i = 1; i <= 20; i++) {
			this.reconnector.calling(replaced + 4 * i * SECOND - 1);
			assertThat(this.channel.restarts).isEqualTo(i);
			this.reconnector.calling(replaced + 4 * i * SECOND);
			assertThat(this.channel.restarts).isEqualTo(i + 1);
		}
	}

	@Test
	void whenAServerRefusesWithoutASilenceBeforeThenTheTimesAreThoseOfGrpc() {
		this.channel.state = ConnectivityState.TRANSIENT_FAILURE;
		this.reconnector.calling(System.nanoTime() + 300 * SECOND);
		replaceConnection();
		this.reconnector.connected();
		this.reconnector.calling(this.now + 300 * SECOND);
		assertThat(this.channel.restarts).isOne();
	}

	@Test
	void whenAConnectionIsBeingMadeThenACallStartsNoOther() {
		replaceConnection();
		for (ConnectivityState state : List.of(ConnectivityState.READY, ConnectivityState.IDLE,
				ConnectivityState.CONNECTING)) {
			this.channel.state = state;
			this.reconnector.calling(this.now + 300 * SECOND);
		}
		assertThat(this.channel.restarts).isOne();
	}

	// The system sends a SYN at 0, 1, 3, 7, 15 ... s of an attempt (RFC 6298).
	@Test
	void whenANetworkIsMendedThenTheNextSynIsLessThanFiveSecondsAway() {
		for (Duration limit : List.of(Reconnector.SHORTEST_CONNECTING, Reconnector.LONGEST_CONNECTING)) {
			long previous = 0;
			for (long sent = 1; previous < limit.toSeconds(); sent = 2 * sent + 1) {
				long next = Math.min(sent, limit.toSeconds());
				assertThat(next - previous).as("after " + previous + " s of " + limit).isLessThan(5);
				previous = next;
			}
		}
	}

	@Test
	void whenSomethingIsDoneLaterThenNotInThePoolOfTheApplication() {
		CompletableFuture<String> thread = new CompletableFuture<>();
		LateTasks.after(Duration.ofMillis(1), () -> thread.complete(Thread.currentThread().getName()));
		assertThat(thread.orTimeout(1, TimeUnit.MINUTES).join()).startsWith("flyte-late-");
	}

	private void replaceConnection() {
		MonitoredConnection connection = silentConnection();
		this.reconnector.replace(connection, this.now + SECOND);
	}

	private void runTask(int index) {
		this.tasks.get(index).run();
	}

	/** A connection that owes an answer from now on. */
	private MonitoredConnection silentConnection() {
		MonitoredConnection connection = this.reconnector.newConnection();
		this.now = System.nanoTime() + 1;
		connection.sent(this.now);
		return connection;
	}

	/** Counts how often it is told to connect anew. */
	private static final class RecordingChannel extends ManagedChannel {

		private ConnectivityState state = ConnectivityState.IDLE;

		private int restarts;

		@Override
		public ConnectivityState getState(boolean requestConnection) {
			return this.state;
		}

		@Override
		public void enterIdle() {
			this.restarts++;
		}

		@Override
		public ManagedChannel shutdown() {
			return this;
		}

		@Override
		public boolean isShutdown() {
			return false;
		}

		@Override
		public boolean isTerminated() {
			return false;
		}

		@Override
		public ManagedChannel shutdownNow() {
			return this;
		}

		@Override
		public boolean awaitTermination(long timeout, TimeUnit unit) {
			return true;
		}

		@Override
		public <Q, R> ClientCall<Q, R> newCall(MethodDescriptor<Q, R> method, CallOptions options) {
			throw new UnsupportedOperationException();
		}

		@Override
		public String authority() {
			return "flyte.example:443";
		}

	}

}
