package io.flyteconnect.internal.connectrpc.http;

import java.nio.channels.ClosedChannelException;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.connectrpc.http.HttpCallException.Failure;

/**
 * Sends one request after the other over a connection of HTTP/1.1, or one over a stream
 * of HTTP/2, and hands each response to its call as fast as that takes it.
 */
final class ExchangeHandler extends ChannelInboundHandlerAdapter {

	private final Owner owner;

	private @Nullable ChannelHandlerContext context;

	private @Nullable HttpCall call;

	private boolean answered;

	private boolean informational;

	private boolean reusable;

	private boolean written;

	ExchangeHandler(Owner owner) {
		this.owner = owner;
	}

	@Override
	public void handlerAdded(ChannelHandlerContext context) {
		this.context = context;
	}

	/**
	 * Send a request.
	 * @param call the call
	 * @param request its request
	 */
	void send(HttpCall call, FullHttpRequest request) {
		ChannelHandlerContext context = context();
		this.call = call;
		this.answered = false;
		this.informational = false;
		this.written = false;
		call.started(this);
		context.channel().config().setAutoRead(false);
		context.writeAndFlush(request).addListener((sent) -> {
			if (this.call == call) {
				this.written = sent.isSuccess();
				if (!sent.isSuccess() && !this.answered) {
					unsent(sent.cause());
				}
			}
		});
		context.read();
	}

	private ChannelHandlerContext context() {
		if (this.context == null) {
			throw new IllegalStateException("Not started");
		}
		return this.context;
	}

	/**
	 * Nobody waits for the response any more.
	 */
	void abandon() {
		this.call = null;
		context().close();
	}

	void readMore() {
		if (this.call != null && this.call.listener().wantsMore()) {
			context().read();
		}
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		try {
			HttpCall call = this.call;
			if (call == null) {
				// Nothing was asked for.
				context.close();
				return;
			}
			if (message instanceof HttpResponse response) {
				head(call, response);
			}
			if (this.call == call && message instanceof HttpContent content) {
				body(context, call, content);
			}
		}
		finally {
			ReferenceCountUtil.release(message);
		}
	}

	private void head(HttpCall call, HttpResponse response) {
		if (response.decoderResult().isFailure()) {
			fail(Failure.NOT_HTTP, "the answer is not HTTP, or its headers are too large",
					response.decoderResult().cause());
			return;
		}
		this.informational = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
		if (!this.informational) {
			this.answered = true;
			this.reusable = HttpUtil.isKeepAlive(response);
			call.listener().headers(response.status().code(), response.headers());
		}
	}

	private void body(ChannelHandlerContext context, HttpCall call, HttpContent content) {
		if (content.decoderResult().isFailure()) {
			fail(Failure.NOT_HTTP, "the body of the answer is not HTTP", content.decoderResult().cause());
			return;
		}
		if (!this.informational && content.content().isReadable()) {
			call.listener().data(content.content());
		}
		if (content instanceof LastHttpContent && this.call == call) {
			if (this.informational) {
				this.informational = false;
				return;
			}
			this.call = null;
			this.owner.finished(context.channel(), this.reusable && this.written);
			call.complete();
		}
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		readMore();
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext context, Object event) {
		if (event instanceof Http2ResetFrame reset) {
			reset(reset.errorCode());
		}
		else if (event instanceof Http2GoAwayFrame) {
			// Sent to the streams that the server has not seen.
			unsent(new ClosedChannelException());
		}
		ReferenceCountUtil.release(event);
	}

	private void reset(long code) {
		if (code == Http2Error.REFUSED_STREAM.code()) {
			unsent(new ClosedChannelException());
		}
		else if (code == Http2Error.CANCEL.code()) {
			fail(Failure.CANCELLED, "the server cancelled the request (RST_STREAM)", null);
		}
		else {
			Http2Error error = Http2Error.valueOf(code);
			fail(Failure.CUT, "the server reset the request (RST_STREAM, " + ((error != null) ? error : code) + ")",
					null);
		}
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		fail(Failure.CUT, "the connection failed within the request", cause);
		context.close();
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		fail(Failure.CUT, "the connection ended within the answer", null);
	}

	private void unsent(Throwable cause) {
		HttpCall call = this.call;
		if (call != null) {
			this.call = null;
			context().close();
			call.unsent(cause);
		}
	}

	private void fail(Failure failure, String message, @Nullable Throwable cause) {
		HttpCall call = this.call;
		if (call != null) {
			this.call = null;
			context().close();
			call.fail(new HttpCallException(failure, message, cause));
		}
	}

	/**
	 * The connection that the exchange goes over.
	 */
	interface Owner {

		/**
		 * The response is complete.
		 * @param channel the connection or stream
		 * @param reusable whether the connection can take another request
		 */
		void finished(Channel channel, boolean reusable);

	}

}
