package io.flyteconnect.internal.connectrpc.http;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.grpc.Attributes;
import io.grpc.ClientTransportFilter;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;

/**
 * The connections that are open.
 */
final class ConnectionPool {

	private final HttpSettings settings;

	private final EventLoop eventLoop;

	private final List<PooledConnection> connections = new ArrayList<>();

	private final Set<Channel> channels = new HashSet<>();

	ConnectionPool(HttpSettings settings, EventLoop eventLoop) {
		this.settings = settings;
		this.eventLoop = eventLoop;
	}

	void add(HttpConnection connection) {
		ClientTransportFilter filter = this.settings.transportFilter();
		Attributes attributes = (filter != null) ? filter.transportReady(Attributes.EMPTY) : Attributes.EMPTY;
		this.connections.add(new PooledConnection(connection, attributes, this.eventLoop, this.settings.idleTimeout()));
	}

	void remove(HttpConnection connection) {
		PooledConnection ended = find(connection);
		if (ended != null) {
			this.connections.remove(ended);
			if (this.settings.transportFilter() != null) {
				this.settings.transportFilter().transportTerminated(ended.attributes());
			}
		}
	}

	/**
	 * Find a connection that takes a request: the one that was opened last, so that the
	 * others may end.
	 */
	@Nullable PooledConnection withRoom() {
		for (int i = this.connections.size() - 1; i >= 0; i--) {
			if (this.connections.get(i).connection().hasRoom()) {
				return this.connections.get(i);
			}
		}
		return null;
	}

	void closeWhenIdle(HttpConnection connection) {
		PooledConnection pooled = find(connection);
		if (pooled != null && connection.isIdle()) {
			pooled.closeWhenIdle();
		}
	}

	private @Nullable PooledConnection find(HttpConnection connection) {
		for (PooledConnection pooled : this.connections) {
			if (pooled.connection() == connection) {
				return pooled;
			}
		}
		return null;
	}

	int size() {
		return this.connections.size();
	}

	boolean isEmpty() {
		return this.connections.isEmpty();
	}

	/**
	 * Take note of a connection that is being opened.
	 */
	void track(Channel channel) {
		this.channels.add(channel);
		channel.closeFuture().addListener((closed) -> this.channels.remove(channel));
	}

	void closeAll() {
		List.copyOf(this.channels).forEach(Channel::close);
	}

	void retireAll() {
		List.copyOf(this.connections).forEach((pooled) -> pooled.connection().retire());
	}

}
