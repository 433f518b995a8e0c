package io.flyteconnect.internal.http;

import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.net.ssl.SSLException;

import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.proxy.HttpProxyHandler.HttpProxyConnectException;
import io.netty.handler.proxy.ProxyConnectException;
import io.netty.handler.ssl.NotSslRecordException;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

import io.flyteconnect.config.HttpProxySettings.HttpProxy;
import io.flyteconnect.internal.http.HttpExchangeException.Failure;
import io.flyteconnect.internal.proxy.ProxyRefusedException;
import io.flyteconnect.internal.proxy.ProxyRoute;
import io.flyteconnect.internal.tls.TrustMaterial;

/**
 * Creates the exceptions that describe why a request failed.
 */
final class HttpFailures {

	/**
	 * Netty reports the status of a rejected CONNECT request in the message only.
	 */
	private static final Pattern PROXY_STATUS = Pattern.compile("status: ([1-5]\\d\\d)");

	private final RequestTarget target;

	private final TrustMaterial trust;

	private final HttpLimits limits;

	HttpFailures(RequestTarget target, TrustMaterial trust, HttpLimits limits) {
		this.target = target;
		this.trust = trust;
		this.limits = limits;
	}

	/**
	 * Describe a failure that Netty reports after the connection was started.
	 * @param cause the failure
	 * @return the exception to throw
	 */
	HttpExchangeException of(Throwable cause) {
		ProxyConnectException proxyFailure = find(cause, ProxyConnectException.class);
		if (proxyFailure != null) {
			return proxy(proxyFailure);
		}
		if (find(cause, NotSslRecordException.class) != null) {
			return failure(Failure.TLS, "the server does not speak TLS on this port", null);
		}
		if (find(cause, SSLException.class) != null) {
			return tls(cause);
		}
		if (find(cause, TooLongFrameException.class) != null) {
			return tooLarge();
		}
		return cut((cause instanceof ClosedChannelException) ? null : cause);
	}

	/**
	 * Describe why no address could be connected to.
	 * @param cause the failure of Netty or the DNS lookup
	 * @return the exception to throw
	 */
	HttpExchangeException connect(Throwable cause) {
		HttpProxy proxy = this.target.proxy();
		String peer = (proxy != null) ? "the proxy" : "the server";
		if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
			String host = (proxy != null) ? proxy.host() : this.target.host();
			return failure(Failure.CONNECT, "the host name '" + host + "' of " + peer + " is unknown", cause);
		}
		return failure(Failure.CONNECT, "cannot connect to " + peer + " (" + cause.getMessage() + ")" + hint(), cause);
	}

	private String hint() {
		return (this.target.hint() != null) ? "; " + this.target.hint() : "";
	}

	private HttpExchangeException proxy(ProxyConnectException cause) {
		String message = String.valueOf(cause.getMessage());
		Matcher status = PROXY_STATUS.matcher(message);
		if (status.find()) {
			return status.group(1).equals("407") ? proxyAuthentication(offered(cause))
					: failure(Failure.PROXY, "the proxy refuses to connect to the server (status " + status.group(1)
							+ "); except the server by NO_PROXY if it is to be reached without", null);
		}
		if (message.endsWith("timeout")) {
			return failure(Failure.TIMEOUT, "the proxy does not answer", null);
		}
		return failure(Failure.PROXY, "the proxy ended the connection or does not answer as an HTTP proxy", null);
	}

	private static @Nullable String offered(ProxyConnectException cause) {
		HttpHeaders headers = (cause instanceof HttpProxyConnectException refusal) ? refusal.headers() : null;
		List<String> values = (headers != null) ? headers.getAll(HttpHeaderNames.PROXY_AUTHENTICATE) : List.of();
		return values.isEmpty() ? null : String.join(", ", values);
	}

	/**
	 * Describe that the proxy requires a user and password, or rejected those that were
	 * sent.
	 * @param offered the value of {@code Proxy-Authenticate}, or {@code null}
	 * @return the exception to throw
	 */
	HttpExchangeException proxyAuthentication(@Nullable String offered) {
		ProxyRoute route = this.target.route();
		return proxyRefused((route != null) ? route.refused(offered) : "a proxy asks for a user (status 407)");
	}

	HttpExchangeException proxyRefused(String reason) {
		return failure(Failure.PROXY, reason, new ProxyRefusedException(reason));
	}

	private HttpExchangeException tls(Throwable cause) {
		String known = this.trust.explain(cause);
		SSLException failure = find(cause, SSLException.class);
		String reason = (failure != null) ? String.valueOf(failure.getMessage()) : "";
		return failure(Failure.TLS,
				(known != null) ? "the server " + known + (reason.contains(known) ? "" : " (" + reason + ")")
						: "the TLS handshake failed (" + reason + ")",
				cause);
	}

	HttpExchangeException tooLarge() {
		return failure(Failure.TOO_LARGE, "the answer is larger than " + DataSize.ofBytes(this.limits.maxResponseSize())
				+ ", or its headers are larger than " + HttpExchange.MAX_HEADER_SIZE + "B", null);
	}

	HttpExchangeException timeout() {
		return failure(Failure.TIMEOUT, "no complete answer within " + this.limits.totalTimeout().toMillis()
				+ " ms (flyte.credentials.request-timeout)", null);
	}

	HttpExchangeException cut(@Nullable Throwable cause) {
		return failure(Failure.CUT, "the connection ended before the answer was complete", cause);
	}

	/**
	 * Describe a response that the HTTP decoder cannot parse. The message of the decoder
	 * is left out, since it may repeat the response.
	 * @param cause the failure of the decoder
	 * @return the exception to throw
	 */
	HttpExchangeException unreadable(Throwable cause) {
		if (cause instanceof TooLongFrameException) {
			return tooLarge();
		}
		if (cause instanceof PrematureChannelClosureException) {
			return cut(null);
		}
		return failure(Failure.NOT_HTTP, "the answer is not HTTP/1.1", null);
	}

	HttpExchangeException unreadableEncoding() {
		return failure(Failure.NOT_HTTP, "the answer has a content encoding that cannot be unpacked", null);
	}

	HttpExchangeException interrupted() {
		return failure(Failure.INTERRUPTED, "the calling thread was interrupted", null);
	}

	HttpExchangeException closed() {
		return failure(Failure.CLOSED, "the client has been closed", null);
	}

	private HttpExchangeException failure(Failure failure, String text, @Nullable Throwable cause) {
		return new HttpExchangeException(failure, this.target + ": " + text, cause);
	}

	private static <T extends Throwable> @Nullable T find(Throwable start, Class<T> type) {
		Throwable cause = start;
		for (int depth = 0; cause != null && depth < 16; depth++) {
			if (type.isInstance(cause)) {
				return type.cast(cause);
			}
			cause = cause.getCause();
		}
		return null;
	}

}
