package io.flyteconnect.internal.connectrpc.http;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;

/**
 * A connection of HTTP/1.1: one request at a time, then the next (RFC 9112 section 9.3).
 * While it is idle, it reads, so that its end is noticed.
 */
final class Http1Connection implements HttpConnection, ExchangeHandler.Owner {

	private static final int MAX_LINE_LENGTH = 8 * 1024;

	private static final int CHUNK_SIZE = 64 * 1024;

	private final Channel channel;

	private final HttpConnections connections;

	private final ExchangeHandler exchange = new ExchangeHandler(this);

	private boolean busy;

	private boolean retired;

	private Http1Connection(Channel channel, HttpConnections connections) {
		this.channel = channel;
		this.connections = connections;
	}

	/**
	 * Speak HTTP/1.1 over a channel.
	 * @param channel the channel, which is connected
	 * @param settings the limits
	 * @param connections what is told of the connection
	 */
	static void start(Channel channel, HttpSettings settings, HttpConnections connections) {
		Http1Connection connection = new Http1Connection(channel, connections);
		channel.pipeline()
			.addLast(new HttpClientCodec(MAX_LINE_LENGTH, settings.maxHeaderSize(), CHUNK_SIZE, false),
					connection.exchange);
		channel.closeFuture().addListener((closed) -> connections.closed(connection));
		connections.opened(connection, false);
	}

	@Override
	public boolean hasRoom() {
		return !this.busy && !this.retired && this.channel.isActive();
	}

	@Override
	public boolean isIdle() {
		return !this.busy;
	}

	@Override
	public void send(HttpCall call, FullHttpRequest request) {
		this.busy = true;
		this.exchange.send(call, request);
	}

	@Override
	public void finished(Channel channel, boolean reusable) {
		this.busy = false;
		if (this.retired || !reusable) {
			this.retired = true;
			channel.close();
			return;
		}
		channel.config().setAutoRead(true);
		this.connections.released(this);
	}

	@Override
	public void retire() {
		this.retired = true;
		if (!this.busy) {
			this.channel.close();
		}
	}

	@Override
	public void close() {
		this.channel.close();
	}

}
