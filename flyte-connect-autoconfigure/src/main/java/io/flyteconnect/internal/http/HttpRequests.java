package io.flyteconnect.internal.http;

import java.nio.charset.StandardCharsets;
import java.util.Set;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpVersion;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.util.StringUtils;

import io.flyteconnect.config.HttpProxySettings.HttpProxy;

/**
 * Creates the request that is sent: it has the caller's headers without the
 * connection-specific ones (RFC 9110, section 7.6.1).
 */
final class HttpRequests {

	private static final Set<HttpMethod> METHODS_WITH_BODY = Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);

	private HttpRequests() {
	}

	static FullHttpRequest create(RequestTarget target, HttpHeaders headers, byte[] body) {
		FullHttpRequest request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1,
				io.netty.handler.codec.http.HttpMethod.valueOf(target.method().name()), target.requestLineTarget(),
				Unpooled.wrappedBuffer(body));
		headers.forEach((name, values) -> request.headers().add(name, values));
		request.headers()
			.remove(HttpHeaderNames.TRANSFER_ENCODING)
			.remove(HttpHeaderNames.EXPECT)
			.remove(HttpHeaderNames.CONTENT_LENGTH)
			.set(HttpHeaderNames.HOST, target.authority())
			.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
		if (!headers.containsHeader(HttpHeaders.ACCEPT_ENCODING)) {
			request.headers().set(HttpHeaderNames.ACCEPT_ENCODING, HttpHeaderValues.IDENTITY);
		}
		if (body.length > 0 || METHODS_WITH_BODY.contains(target.method())) {
			request.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.length);
		}
		HttpProxy proxy = target.proxy();
		if (proxy != null && proxy.username() != null && !target.tunneled()) {
			request.headers().set(HttpHeaderNames.PROXY_AUTHORIZATION, basic(proxy));
		}
		return request;
	}

	private static String basic(HttpProxy proxy) {
		String password = StringUtils.hasLength(proxy.password()) ? proxy.password() : "";
		return "Basic "
				+ HttpHeaders.encodeBasicAuth(String.valueOf(proxy.username()), password, StandardCharsets.UTF_8);
	}

}
