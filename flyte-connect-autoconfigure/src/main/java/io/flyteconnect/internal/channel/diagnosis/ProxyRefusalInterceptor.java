package io.flyteconnect.internal.channel.diagnosis;

import java.util.List;
import java.util.function.Supplier;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ClientStreamTracer;
import io.grpc.ClientStreamTracer.StreamInfo;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.proxy.HttpProxyHandler.HttpProxyConnectException;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.proxy.ProxyRefusedException;
import io.flyteconnect.internal.proxy.ProxyRoute;

/**
 * Keeps gRPC from showing a forward proxy the same password again and again. It connects
 * anew by itself, with growing pauses, also without calls, and asks nobody in between:
 * the account behind the password would soon be locked. So each attempt of a call is
 * looked at, and a channel whose proxy refuses goes idle. The next attempt asks for the
 * way anew, and hears at once that this password has just been refused.
 */
public final class ProxyRefusalInterceptor implements ClientInterceptor {

	private static final String STATUS = "status: 407";

	private final Supplier<@Nullable ProxyRoute> way;

	private final Runnable idle;

	private final ClientStreamTracer.Factory tracers = new Tracers();

	/**
	 * Create an interceptor.
	 * @param way finds the way through the proxy
	 * @param idle lets the channel go idle
	 */
	public ProxyRefusalInterceptor(Supplier<@Nullable ProxyRoute> way, Runnable idle) {
		this.way = way;
		this.idle = idle;
	}

	@Override
	public <Q, R> ClientCall<Q, R> interceptCall(MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
		return next.newCall(method, options.withStreamTracerFactory(this.tracers));
	}

	private void look(Status status) {
		for (Throwable cause = status.getCause(); cause != null; cause = cause.getCause()) {
			ProxyRoute route = isRefusal(cause) ? this.way.get() : null;
			if (route != null) {
				look(route, cause);
				return;
			}
		}
	}

	static boolean isRefusal(Throwable cause) {
		return cause instanceof ProxyRefusedException
				|| (cause instanceof HttpProxyConnectException && String.valueOf(cause.getMessage()).contains(STATUS));
	}

	private void look(ProxyRoute route, Throwable cause) {
		if (cause instanceof HttpProxyConnectException refusal) {
			route.refused(offered(refusal));
			this.idle.run();
		}
		else if (route.held() == null) {
			// Another password, or the pause is over: gRPC's own next look may be far.
			this.idle.run();
		}
	}

	static @Nullable String offered(HttpProxyConnectException refusal) {
		List<String> values = (refusal.headers() != null) ? refusal.headers().getAll(HttpHeaderNames.PROXY_AUTHENTICATE)
				: List.of();
		return values.isEmpty() ? null : String.join(", ", values);
	}

	private final class Tracers extends ClientStreamTracer.Factory {

		@Override
		public ClientStreamTracer newClientStreamTracer(StreamInfo info, Metadata headers) {
			return new ClientStreamTracer() {

				@Override
				public void streamClosed(Status status) {
					if (status.getCause() != null) {
						look(status);
					}
				}

			};
		}

	}

}
