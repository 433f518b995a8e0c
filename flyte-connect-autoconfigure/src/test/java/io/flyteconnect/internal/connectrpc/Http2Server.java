package io.flyteconnect.internal.connectrpc;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.util.ReferenceCountUtil;

import io.flyteconnect.internal.connectrpc.wire.UnaryResponse;

/**
 * A server of HTTP/2 in plaintext that answers each stream as the test says.
 */
final class Http2Server implements AutoCloseable {

	private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

	private final List<Stream> streams = new CopyOnWriteArrayList<>();

	private final Channel channel;

	private Http2Server(Http2Settings settings, Answer answer) {
		this.channel = new ServerBootstrap().group(this.group)
			.channel(NioServerSocketChannel.class)
			.childHandler(new ChannelInitializer<>() {
				@Override
				protected void initChannel(Channel connection) {
					connection.pipeline()
						.addLast(Http2FrameCodecBuilder.forServer().initialSettings(settings).build(),
								new Http2MultiplexHandler(new ChannelInitializer<>() {
									@Override
									protected void initChannel(Channel stream) {
										stream.pipeline().addLast(new Stream(answer));
									}
								}));
				}
			})
			.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
			.syncUninterruptibly()
			.channel();
	}

	static Http2Server start(Answer answer) {
		return new Http2Server(new Http2Settings(), answer);
	}

	static Http2Server start(int maxStreams, Answer answer) {
		return new Http2Server(new Http2Settings().maxConcurrentStreams(maxStreams), answer);
	}

	URI uri() {
		return URI.create("http://localhost:" + ((InetSocketAddress) this.channel.localAddress()).getPort());
	}

	/**
	 * Return the streams whose requests are complete.
	 */
	List<Stream> streams() {
		return this.streams;
	}

	@Override
	public void close() {
		this.group.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
	}

	/**
	 * Answers a stream.
	 */
	interface Answer {

		void write(Stream stream);

	}

	/**
	 * One stream, and what came on it.
	 */
	final class Stream extends ChannelInboundHandlerAdapter {

		private final Answer answer;

		private final ByteBuf body = Unpooled.buffer();

		private volatile ChannelHandlerContext context;

		private volatile long reset = -1;

		Stream(Answer answer) {
			this.answer = answer;
		}

		@Override
		public void channelRead(ChannelHandlerContext context, Object message) {
			this.context = context;
			boolean end = message instanceof Http2HeadersFrame headers && headers.isEndStream();
			if (message instanceof Http2DataFrame data) {
				this.body.writeBytes(data.content());
				end = data.isEndStream();
			}
			ReferenceCountUtil.release(message);
			if (end) {
				Http2Server.this.streams.add(this);
				this.answer.write(this);
			}
		}

		@Override
		public void userEventTriggered(ChannelHandlerContext context, Object event) {
			if (event instanceof Http2ResetFrame frame) {
				this.reset = frame.errorCode();
			}
			ReferenceCountUtil.release(event);
		}

		byte[] body() {
			byte[] bytes = new byte[this.body.readableBytes()];
			this.body.getBytes(0, bytes);
			return bytes;
		}

		long reset() {
			return this.reset;
		}

		/**
		 * Return the connection, of which there may be several.
		 */
		Channel connection() {
			return this.context.channel().parent();
		}

		void headers(String type) {
			this.context.write(new DefaultHttp2HeadersFrame(
					new DefaultHttp2Headers().status("200").set("content-type", type), false));
		}

		ChannelFuture data(byte[] bytes, boolean end) {
			return this.context.writeAndFlush(new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(bytes), end));
		}

		ChannelFuture write(Object frame) {
			return this.context.writeAndFlush(frame);
		}

		void echo() {
			headers(UnaryResponse.TYPE);
			data(body(), true);
		}

	}

}
