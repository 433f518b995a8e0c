package io.flyteconnect.test.identity;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * What the identity provider was asked for, without any secret.
 */
class TokenRequestLog {

	private final List<TokenRequest> requests = new CopyOnWriteArrayList<>();

	private final AtomicInteger running = new AtomicInteger();

	private final AtomicInteger mostAtOnce = new AtomicInteger();

	void begin(HttpServletRequest request) {
		add(request);
		this.mostAtOnce.accumulateAndGet(this.running.incrementAndGet(), Math::max);
	}

	void add(HttpServletRequest request) {
		String authorization = request.getHeader("Authorization");
		this.requests.add(new TokenRequest(Instant.now(), request.getRequestURI(), request.getParameter("grant_type"),
				clientId(request, authorization), request.getParameter("scope"), request.getParameter("audience"),
				new TreeSet<>(request.getParameterMap().keySet()), scheme(authorization),
				request.getHeader("Proxy-Authorization") != null, request.getHeader("User-Agent")));
	}

	void end() {
		this.running.decrementAndGet();
	}

	private @Nullable String scheme(@Nullable String authorization) {
		return (authorization != null) ? authorization.split(" ", 2)[0] : null;
	}

	private @Nullable String clientId(HttpServletRequest request, @Nullable String authorization) {
		if (authorization == null || !authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
			return request.getParameter("client_id");
		}
		try {
			String decoded = new String(Base64.getDecoder().decode(authorization.substring(6).trim()),
					StandardCharsets.UTF_8);
			return URLDecoder.decode(decoded.split(":", 2)[0], StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	List<TokenRequest> requests() {
		return List.copyOf(this.requests);
	}

	int mostAtOnce() {
		return this.mostAtOnce.get();
	}

	void clear() {
		this.requests.clear();
		this.mostAtOnce.set(this.running.get());
	}

}
