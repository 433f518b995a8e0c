package io.flyteconnect.internal.channel.reconnect;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

import io.grpc.Attributes;
import io.grpc.ClientTransportFilter;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.call.ConnectionWatch;

/**
 * Watches the connections of one channel. When a call or an attempt ends by time without
 * a byte from the peer since it was sent, later calls go over a new connection; calls
 * under way finish on the old one.
 * <p>
 * gRPC itself notices a network that drops packets without a word by its keepalive only
 * (gRFC A8), and servers of Go end connections that are pinged more often than every five
 * minutes ({@code keepalive.EnforcementPolicy.MinTime} of grpc-go).
 *
 * @since 0.1.0
 */
public final class ConnectionMonitor implements ConnectionWatch {

	private final Reconnector reconnector;

	private final Consumer<Metadata> headers;

	private final Duration maxAge;

	/**
	 * Create a monitor, to be given to the channel's builder and to the channel.
	 * @param endpoint what the channel connects to, for the log
	 * @param headers may change the headers of each attempt before they are sent over a
	 * connection of the channel
	 * @param maxAge how long a connection is used at most, zero for no limit
	 */
	public ConnectionMonitor(String endpoint, Consumer<Metadata> headers, Duration maxAge) {
		this.maxAge = maxAge;
		this.reconnector = new Reconnector(endpoint);
		this.headers = headers;
	}

	/**
	 * Return the filter that sees each new connection.
	 * @return the filter, for the channel's builder
	 */
	public ClientTransportFilter transportFilter() {
		return new ClientTransportFilter() {

			@Override
			public Attributes transportReady(Attributes attributes) {
				MonitoredConnection connection = ConnectionMonitor.this.reconnector.newConnection();
				limitAge(connection);
				return attributes.toBuilder().set(MonitoredConnection.KEY, connection).build();
			}

		};
	}

	/**
	 * Each ends a little earlier than it may, so that not all clients come at once to a
	 * server that has just started.
	 */
	private void limitAge(MonitoredConnection connection) {
		if (!this.maxAge.isZero()) {
			long nanos = this.maxAge.toNanos();
			Reference<Reconnector> reconnector = new WeakReference<>(this.reconnector);
			LateTasks.after(Duration.ofNanos(nanos - ThreadLocalRandom.current().nextLong(nanos / 10 + 1)), () -> {
				Reconnector present = reconnector.get();
				if (present != null) {
					present.renew(connection);
				}
			});
		}
	}

	/**
	 * Have later calls go over new connections. Calls under way finish on the old ones.
	 */
	public void renew() {
		this.reconnector.renew();
	}

	@Override
	public void calling() {
		this.reconnector.calling(System.nanoTime());
	}

	@Override
	public @Nullable Connection sending(Attributes transport, Metadata headers, long now) {
		MonitoredConnection connection = transport.get(MonitoredConnection.KEY);
		if (connection != null) {
			this.headers.accept(headers);
			connection.sent(now);
			this.reconnector.connected();
		}
		return connection;
	}

	@Override
	public void timedOut(@Nullable Connection connection, long since) {
		if (connection == null) {
			this.reconnector.waitedInVain(since, System.nanoTime());
		}
		else if (connection instanceof MonitoredConnection silent && silent.isSilentSince(since)) {
			this.reconnector.replace(silent, System.nanoTime());
		}
	}

	/**
	 * Start to replace the connections of a channel.
	 * @param channel the channel that the filter belongs to
	 */
	public void watch(ManagedChannel channel) {
		this.reconnector.start(channel);
	}

}
