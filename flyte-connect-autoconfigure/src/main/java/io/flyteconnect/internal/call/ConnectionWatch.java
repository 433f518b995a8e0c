package io.flyteconnect.internal.call;

import io.grpc.Attributes;
import io.grpc.Metadata;
import org.jspecify.annotations.Nullable;

/**
 * Learns from calls whether the connections of a channel are alive.
 */
public interface ConnectionWatch {

	/**
	 * A call begins.
	 */
	void calling();

	/**
	 * An attempt is about to be sent.
	 * @param transport what is known of the connection that it goes over
	 * @param headers the headers of the attempt, which may be changed
	 * @param now the time, as {@link System#nanoTime()} has it
	 * @return the connection, {@code null} if it is none that is watched
	 */
	@Nullable Connection sending(Attributes transport, Metadata headers, long now);

	/**
	 * A call, or an attempt of it, ended by time.
	 * @param connection the connection that its last attempt was sent over, {@code null}
	 * if none was sent
	 * @param since when that attempt was sent, or the call began
	 */
	void timedOut(@Nullable Connection connection, long since);

	/**
	 * One connection.
	 */
	interface Connection {

		/**
		 * Something came from the peer.
		 */
		void heard();

	}

}
