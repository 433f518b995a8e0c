package io.flyteconnect.channel.reconnect;

import java.util.function.Consumer;

import io.grpc.Attributes;
import io.grpc.ClientStreamTracer;
import io.grpc.Metadata;
import org.jspecify.annotations.Nullable;

/**
 * Follows the attempts of one call: over which connection the last one went, and when.
 */
final class AttemptTracking extends ClientStreamTracer.Factory {

	private final Reconnector reconnector;

	private final Consumer<Metadata> headers;

	private final long started = System.nanoTime();

	private volatile @Nullable Attempt last;

	AttemptTracking(Reconnector reconnector, Consumer<Metadata> headers) {
		this.reconnector = reconnector;
		this.headers = headers;
	}

	@Override
	public ClientStreamTracer newClientStreamTracer(ClientStreamTracer.StreamInfo info, Metadata headers) {
		return new Attempt();
	}

	/**
	 * The call, or its last attempt, ended by time.
	 */
	void timedOut() {
		Attempt attempt = this.last;
		MonitoredConnection connection = (attempt != null) ? attempt.connection : null;
		if (attempt == null) {
			this.reconnector.waitedInVain(this.started, System.nanoTime());
		}
		else if (connection != null && connection.isSilentSince(attempt.sent)) {
			this.reconnector.replace(connection, System.nanoTime());
		}
	}

	/**
	 * One attempt. Not created on a connection before its token is there.
	 */
	private final class Attempt extends ClientStreamTracer {

		private @Nullable MonitoredConnection connection;

		private long sent;

		@Override
		public void streamCreated(Attributes transport, Metadata headers) {
			AttemptTracking.this.headers.accept(headers);
			MonitoredConnection connection = transport.get(MonitoredConnection.KEY);
			if (connection != null) {
				this.sent = System.nanoTime();
				this.connection = connection;
				connection.sent(this.sent);
				AttemptTracking.this.last = this;
				AttemptTracking.this.reconnector.connected();
			}
		}

		@Override
		public void inboundHeaders() {
			heard();
		}

		@Override
		public void inboundWireSize(long bytes) {
			heard();
		}

		@Override
		public void inboundTrailers(Metadata trailers) {
			heard();
		}

		private void heard() {
			MonitoredConnection connection = this.connection;
			if (connection != null) {
				connection.heard();
			}
		}

	}

}
