package io.flyteconnect.internal.grant.pkce;

import java.net.URI;
import java.nio.charset.StandardCharsets;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpServerCodec;

import io.flyteconnect.fuzz.Attempt;
import io.flyteconnect.fuzz.Input;

/**
 * Requests to the page that a login comes back to.
 */
public final class CallbackRequestFuzz {

	private static final CallbackServer SERVER = new CallbackServer("fuzz", URI.create("http://127.0.0.1:0/callback"),
			Attempt.SECRET);

	private static final CallbackConnections CONNECTIONS = new CallbackConnections(SERVER);

	static {
		SERVER.finish(CallbackPage.success());
	}

	private CallbackRequestFuzz() {
	}

	public static void fuzzerTestOneInput(byte[] data) {
		Input input = Input.of(data);
		boolean[] asked = new boolean[1];
		EmbeddedChannel channel = new EmbeddedChannel(CONNECTIONS);
		channel.pipeline()
			.addAfter(channel.pipeline().context(HttpServerCodec.class).name(), "count",
					new ChannelInboundHandlerAdapter() {

						@Override
						public void channelRead(ChannelHandlerContext context, Object message) {
							asked[0] |= message instanceof HttpRequest;
							context.fireChannelRead(message);
						}

					});
		boolean answered;
		StringBuilder answer = new StringBuilder();
		try {
			int half = input.is(0) ? input.bytes().length / 2 : 0;
			channel.writeInbound(Unpooled.wrappedBuffer(input.bytes(), 0, half));
			if (channel.isOpen()) {
				channel.writeInbound(Unpooled.wrappedBuffer(input.bytes(), half, input.bytes().length - half));
			}
			for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
				answer.append(part.toString(StandardCharsets.UTF_8));
				part.release();
			}
		}
		finally {
			// What is left is taken as a request at the end, which nobody reads an answer
			// to.
			answered = asked[0];
			channel.finishAndReleaseAll();
		}
		check(input, answered, answer.toString());
	}

	private static void check(Input input, boolean asked, String answer) {
		if (!asked) {
			Attempt.require(answer.isEmpty(), "Nobody has asked: " + answer);
			return;
		}
		Attempt.on(input.text()).hides(answer);
		Attempt.require(answer.matches("(?s)HTTP/1.1 (200|400|404|405|409|421) .*"), "No answer: " + answer);
		int head = answer.indexOf("\r\n\r\n");
		Attempt.require(answer.indexOf("HTTP/1.1 ", 1) < 0, "There are two answers");
		Attempt.require(answer.substring(0, head).lines().count() == 9, "It has other headers: " + answer);
		Attempt.require(answer.length() < 4000, "The page is endless");
	}

}
