package io.flyteconnect.internal.http;

import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import org.jspecify.annotations.Nullable;

/**
 * Sends the request as soon as the connection is established, and completes the exchange
 * with the response or the first failure.
 */
final class HttpExchangeHandler extends SimpleChannelInboundHandler<FullHttpResponse> {

	private final FullHttpRequest request;

	private final CompletableFuture<BufferedHttpResponse> result;

	private final HttpFailures failures;

	private final boolean answeredByProxy;

	HttpExchangeHandler(FullHttpRequest request, CompletableFuture<BufferedHttpResponse> result, HttpFailures failures,
			boolean answeredByProxy) {
		this.request = request;
		this.result = result;
		this.failures = failures;
		this.answeredByProxy = answeredByProxy;
	}

	@Override
	public void channelActive(ChannelHandlerContext context) {
		context.writeAndFlush(this.request).addListener((future) -> {
			// A closed connection is reported by the reading side, which knows why
			if (!future.isSuccess() && !(future.cause() instanceof ClosedChannelException)) {
				fail(context, this.failures.of(future.cause()));
			}
		});
	}

	@Override
	protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
		if (response.decoderResult().isFailure()) {
			fail(context, this.failures.unreadable(response.decoderResult().cause()));
			return;
		}
		if (response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
			return;
		}
		if (this.answeredByProxy && response.status().equals(HttpResponseStatus.PROXY_AUTHENTICATION_REQUIRED)) {
			fail(context, this.failures.proxyAuthentication(offered(response)));
			return;
		}
		this.result.complete(BufferedHttpResponse.copyOf(response));
		context.close();
	}

	private static @Nullable String offered(FullHttpResponse response) {
		List<String> values = response.headers().getAll(HttpHeaderNames.PROXY_AUTHENTICATE);
		return values.isEmpty() ? null : String.join(", ", values);
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext context, Object event) {
		if (event instanceof SslHandshakeCompletionEvent handshake && !handshake.isSuccess()
				&& !(handshake.cause() instanceof ClosedChannelException)) {
			fail(context, this.failures.of(handshake.cause()));
		}
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		fail(context, this.failures.of(cause));
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		fail(context, this.failures.cut(null));
	}

	private void fail(ChannelHandlerContext context, HttpExchangeException failure) {
		this.result.completeExceptionally(failure);
		context.close();
	}

}
