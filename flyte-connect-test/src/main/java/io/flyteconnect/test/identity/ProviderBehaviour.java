package io.flyteconnect.test.identity;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * How the identity provider misbehaves, as the test says.
 */
class ProviderBehaviour {

	private final Deque<Answer> answers = new ArrayDeque<>();

	private volatile Duration delay = Duration.ZERO;

	private volatile @Nullable String proxyToken;

	void delay(Duration delay) {
		this.delay = delay;
	}

	void requireProxyAuthorization(@Nullable String token) {
		this.proxyToken = token;
	}

	synchronized void failNext(int times, int status, String body, Map<String, String> headers) {
		for (int i = 0; i < times; i++) {
			this.answers.add(new Answer(status, body, Map.copyOf(headers)));
		}
	}

	synchronized void reset() {
		this.answers.clear();
		this.delay = Duration.ZERO;
		this.proxyToken = null;
	}

	/**
	 * Whether the token is not there, or not alone: a second one, for another proxy, must
	 * not get here.
	 */
	boolean lacksProxyAuthorization(HttpServletRequest request) {
		String token = this.proxyToken;
		return token != null
				&& !List.of("Bearer " + token).equals(Collections.list(request.getHeaders("Proxy-Authorization")));
	}

	void pause() throws IOException {
		try {
			Thread.sleep(this.delay.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("Interrupted while an answer was delayed", ex);
		}
	}

	private synchronized @Nullable Answer next() {
		return this.answers.poll();
	}

	/**
	 * Write the answer that the test has put in the place of a real one.
	 * @param response where to write it
	 * @return whether there was one
	 * @throws IOException if the client is gone
	 */
	boolean answer(HttpServletResponse response) throws IOException {
		Answer answer = next();
		if (answer == null) {
			return false;
		}
		response.setStatus(answer.status());
		boolean json = answer.body().startsWith("{");
		response.setContentType(json ? "application/json" : "text/plain");
		answer.headers().forEach(response::setHeader);
		response.getWriter().write(answer.body());
		return true;
	}

	private record Answer(int status, String body, Map<String, String> headers) {

	}

}
