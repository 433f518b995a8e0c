package io.flyteconnect.internal.client;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import com.google.protobuf.MessageLite;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
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
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * An identity-aware proxy with a Flyte Admin behind it: who brings no good
 * {@code proxy-authorization} gets a page in place of a gRPC answer.
 */
final class IapServer implements AutoCloseable {

	/** The proxy tokens that are accepted. */
	final Set<String> accepted = ConcurrentHashMap.newKeySet();

	/** The tokens that Flyte Admin refuses, "none" for calls without one. */
	final Set<String> refused = ConcurrentHashMap.newKeySet();

	/** What each call carried: path, proxy token, token. */
	final List<Call> calls = new CopyOnWriteArrayList<>();

	/** What the proxy says to others. */
	volatile int refusal = 401;

	private final Map<String, MessageLite> answers;

	private final EventLoopGroup eventLoop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

	private final Channel channel;

	IapServer(Map<String, MessageLite> answers) {
		this.answers = answers;
		this.channel = new ServerBootstrap().group(this.eventLoop)
			.channel(NioServerSocketChannel.class)
			.childHandler(new ChannelInitializer<>() {

				@Override
				protected void initChannel(Channel connection) {
					connection.pipeline()
						.addLast(Http2FrameCodecBuilder.forServer().build(), new Http2MultiplexHandler(new Stream()));
				}

			})
			.bind(InetAddress.getLoopbackAddress(), 0)
			.syncUninterruptibly()
			.channel();
	}

	int port() {
		return ((InetSocketAddress) this.channel.localAddress()).getPort();
	}

	@Override
	public void close() {
		this.channel.close().syncUninterruptibly();
		this.eventLoop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
	}

	@Sharable
	private final class Stream extends ChannelInboundHandlerAdapter {

		@Override
		public void channelRead(ChannelHandlerContext context, Object frame) {
			if (frame instanceof Http2HeadersFrame headers) {
				answer(context, headers.headers());
			}
			ReferenceCountUtil.release(frame);
		}

		private void answer(ChannelHandlerContext context, Http2Headers headers) {
			String proxyToken = text(headers.get("proxy-authorization"));
			String path = text(headers.path());
			String token = text(headers.get("flyte-authorization"));
			Call call = new Call(String.valueOf(path).replaceFirst(".*/", ""), proxyToken, token);
			IapServer.this.calls.add(call);
			MessageLite answer = IapServer.this.answers.get(path);
			if (proxyToken == null || !IapServer.this.accepted.contains(proxyToken.replaceFirst("^Bearer ", ""))) {
				page(context);
			}
			else if (call.method().equals("GetVersion")
					&& IapServer.this.refused.contains((token != null) ? token : "none")) {
				grpc(context, null, "16");
			}
			else {
				grpc(context, answer, (answer != null) ? "0" : "12");
			}
		}

		private void page(ChannelHandlerContext context) {
			context.write(new DefaultHttp2HeadersFrame(
					new DefaultHttp2Headers().status(String.valueOf(IapServer.this.refusal))
						.set("content-type", "text/html")
						.set("location", "https://accounts.example/login")));
			context.writeAndFlush(new DefaultHttp2DataFrame(
					Unpooled.copiedBuffer("<h1>Who are you?</h1>", StandardCharsets.UTF_8), true));
		}

		private void grpc(ChannelHandlerContext context, @Nullable MessageLite answer, String status) {
			context.write(new DefaultHttp2HeadersFrame(
					new DefaultHttp2Headers().status("200").set("content-type", "application/grpc")));
			if (answer != null) {
				byte[] bytes = answer.toByteArray();
				ByteBuf message = Unpooled.buffer().writeByte(0).writeInt(bytes.length).writeBytes(bytes);
				context.write(new DefaultHttp2DataFrame(message));
			}
			context.writeAndFlush(
					new DefaultHttp2HeadersFrame(new DefaultHttp2Headers().set("grpc-status", status), true));
		}

		private static @Nullable String text(@Nullable CharSequence value) {
			return (value != null) ? value.toString() : null;
		}

	}

	/**
	 * One call.
	 *
	 * @param method the method
	 * @param proxyToken what was meant for the proxy
	 * @param token what was meant for Flyte Admin
	 */
	record Call(String method, @Nullable String proxyToken, @Nullable String token) {

	}

}
