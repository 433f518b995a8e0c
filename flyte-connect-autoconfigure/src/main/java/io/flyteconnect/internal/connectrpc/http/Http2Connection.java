package io.flyteconnect.internal.connectrpc.http;

import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2SettingsFrame;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;

/**
 * A connection of HTTP/2: many requests at once, each on a stream of its own (RFC 9113).
 */
final class Http2Connection extends ChannelInboundHandlerAdapter implements HttpConnection {

	/** What one response may have in memory before it is read. */
	private static final int STREAM_WINDOW = 1024 * 1024;

	/** What all may have together: many slow readers do not hold up the others. */
	private static final int CONNECTION_WINDOW = 32 * 1024 * 1024;

	/** The window that a connection begins with (RFC 9113 section 6.9.2). */
	private static final int FIRST_WINDOW = 65_535;

	private final Channel channel;

	private final HttpConnections connections;

	private long maxStreams = 100;

	private int streams;

	private boolean ready;

	private boolean retired;

	private Http2Connection(Channel channel, HttpConnections connections) {
		this.channel = channel;
		this.connections = connections;
	}

	/**
	 * Speak HTTP/2 over a channel. It takes requests from the server's settings on.
	 * @param channel the channel, which is connected
	 * @param settings the limits
	 * @param connections what is told of the connection
	 */
	static void start(Channel channel, HttpSettings settings, HttpConnections connections) {
		Http2Connection connection = new Http2Connection(channel, connections);
		Http2Settings first = new Http2Settings().pushEnabled(false)
			.initialWindowSize(STREAM_WINDOW)
			.maxHeaderListSize(settings.maxHeaderSize());
		channel.closeFuture().addListener((closed) -> connection.closed());
		channel.pipeline()
			.addLast(Http2FrameCodecBuilder.forClient().initialSettings(first).gracefulShutdownTimeoutMillis(0).build(),
					new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()), connection);
		channel.writeAndFlush(new DefaultHttp2WindowUpdateFrame(CONNECTION_WINDOW - FIRST_WINDOW));
		channel.eventLoop()
			.schedule(connection::checkSettled, settings.connectTimeout().toMillis(), TimeUnit.MILLISECONDS);
	}

	private void checkSettled() {
		if (!this.ready) {
			exceptionCaught(new ConnectTimeoutException("the server does not begin HTTP/2 (no SETTINGS frame)"));
		}
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof Http2SettingsFrame frame) {
			Long limit = frame.settings().maxConcurrentStreams();
			this.maxStreams = (limit != null) ? limit : this.maxStreams;
			settled();
		}
		else if (message instanceof Http2GoAwayFrame) {
			retire();
		}
		ReferenceCountUtil.release(message);
	}

	private void settled() {
		if (!this.ready) {
			this.ready = true;
			this.connections.opened(this, true);
		}
		else if (hasRoom()) {
			this.connections.released(this);
		}
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		exceptionCaught(cause);
	}

	private void exceptionCaught(Throwable cause) {
		if (!this.ready) {
			this.connections.unopened(cause);
			this.ready = true;
			this.retired = true;
		}
		this.channel.close();
	}

	private void closed() {
		if (!this.ready) {
			this.connections.unopened(new ClosedChannelException());
			this.ready = true;
		}
		else {
			this.connections.closed(this);
		}
	}

	@Override
	public boolean hasRoom() {
		return this.ready && !this.retired && this.streams < this.maxStreams && this.channel.isActive();
	}

	@Override
	public boolean isIdle() {
		return this.streams == 0;
	}

	@Override
	public void send(HttpCall call, FullHttpRequest request) {
		this.streams++;
		ExchangeHandler exchange = new ExchangeHandler((stream, reusable) -> stream.close());
		Future<Http2StreamChannel> opened = new Http2StreamChannelBootstrap(this.channel)
			.option(ChannelOption.AUTO_READ, false)
			.handler(new ChannelInitializer<Http2StreamChannel>() {
				@Override
				protected void initChannel(Http2StreamChannel stream) {
					stream.pipeline().addLast(new Http2StreamFrameToHttpObjectCodec(false), exchange);
				}
			})
			.open();
		opened.addListener((Future<Http2StreamChannel> stream) -> {
			if (stream.isSuccess()) {
				stream.getNow().closeFuture().addListener((closed) -> streamClosed());
				exchange.send(call, request);
			}
			else {
				request.release();
				streamClosed();
				call.unsent(stream.cause());
			}
		});
	}

	private void streamClosed() {
		this.streams--;
		if (this.retired && this.streams == 0) {
			this.channel.close();
		}
		else if (hasRoom()) {
			this.connections.released(this);
		}
	}

	@Override
	public void retire() {
		this.retired = true;
		if (this.streams == 0) {
			this.channel.close();
		}
	}

	@Override
	public void close() {
		this.channel.close();
	}

}
