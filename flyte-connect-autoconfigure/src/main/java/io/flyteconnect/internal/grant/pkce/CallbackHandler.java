package io.flyteconnect.internal.grant.pkce;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/**
 * Answers the one request of a connection, and closes it.
 */
class CallbackHandler extends SimpleChannelInboundHandler<HttpObject> {

	private final CallbackServer server;

	private final Consumer<Channel> asked;

	private boolean answered;

	CallbackHandler(CallbackServer server, Consumer<Channel> asked) {
		this.server = server;
		this.asked = asked;
	}

	@Override
	protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
		if (this.answered || !(message instanceof HttpRequest request)) {
			// A body, or what else nobody waits for.
			return;
		}
		this.answered = true;
		this.asked.accept(context.channel());
		CompletableFuture<Boolean> sent = new CompletableFuture<>();
		this.server.awaitPage(sent);
		page(request).thenAccept((page) -> context.writeAndFlush(response(page))
			.addListener((written) -> sent.complete(written.isSuccess()))
			.addListener(ChannelFutureListener.CLOSE));
	}

	private CompletableFuture<CallbackPage> page(HttpRequest request) {
		if (!request.decoderResult().isSuccess()) {
			return refused(400);
		}
		if (!namesLoopback(request.headers().get("Host"))) {
			return refused(421);
		}
		return this.server.answer(request.method().name(), request.uri());
	}

	// A name that was bound to this machine (DNS rebinding) is no business of a login.
	private static boolean namesLoopback(@Nullable String host) {
		return host == null || LoopbackRedirect.isLoopback(host.replaceFirst(":\\d*$", ""));
	}

	private static CompletableFuture<CallbackPage> refused(int status) {
		return CompletableFuture
			.completedFuture(new CallbackPage(status, "Not possible", "This page only ends a login."));
	}

	private static FullHttpResponse response(CallbackPage page) {
		byte[] body = page.html().getBytes(StandardCharsets.UTF_8);
		FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1,
				HttpResponseStatus.valueOf(page.status()), Unpooled.wrappedBuffer(body));
		response.headers()
			.set("Content-Type", "text/html; charset=utf-8")
			.set("Content-Length", body.length)
			.set("Content-Security-Policy",
					"default-src 'none'; style-src '" + styleHash()
							+ "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
			.set("X-Content-Type-Options", "nosniff")
			.set("X-Frame-Options", "DENY")
			.set("Referrer-Policy", "no-referrer")
			.set("Cache-Control", "no-store")
			.set("Connection", "close");
		return response;
	}

	private static String styleHash() {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256")
				.digest(CallbackPage.STYLE.getBytes(StandardCharsets.UTF_8));
			return "sha256-" + Base64.getEncoder().encodeToString(hash);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Whoever goes away owes no explanation. */
	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		context.close();
	}

}
