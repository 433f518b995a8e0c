package io.flyteconnect.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.grpc.Metadata;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * How a test server misbehaves, as the test says. Methods are named in full
 * ({@code flyteidl.service.AdminService/ListProjects}), without their service
 * ({@code ListProjects}), or as {@link #ANY}.
 *
 * @since 0.1.0
 */
public final class ServerBehaviour {

	/**
	 * Stands for every method.
	 */
	public static final String ANY = "*";

	private final List<Failure> failures = new ArrayList<>();

	private final Map<String, Duration> delays = new LinkedHashMap<>();

	private int refusals;

	private @Nullable String proxyToken;

	ServerBehaviour() {
	}

	/**
	 * Let the next calls of a method fail. Failures of several calls of this method queue
	 * up.
	 * @param method the method
	 * @param times for how many calls
	 * @param status what the client gets
	 */
	public void failNext(String method, int times, Status status) {
		failNext(method, times, status, new Metadata());
	}

	/**
	 * Let the next calls of a method fail.
	 * @param method the method
	 * @param times for how many calls
	 * @param status what the client gets
	 * @param trailers the trailers that come with it
	 */
	public synchronized void failNext(String method, int times, Status status, Metadata trailers) {
		this.failures.add(new Failure(method, times, status, trailers));
	}

	/**
	 * Let all calls of a method wait before they are answered.
	 * @param method the method
	 * @param delay how long, zero for not at all
	 */
	public synchronized void delay(String method, Duration delay) {
		this.delays.put(method, delay);
	}

	/**
	 * Refuse the next calls that need a token as if theirs were not good.
	 * @param times for how many calls
	 */
	public synchronized void refuseNext(int times) {
		this.refusals += times;
	}

	/**
	 * Ask for the metadata {@code proxy-authorization: Bearer <token>} on each call, as
	 * an identity-aware proxy does.
	 * @param token the token, or {@code null} to ask for none
	 */
	public synchronized void requireProxyAuthorization(@Nullable String token) {
		this.proxyToken = token;
	}

	/**
	 * Behave well again.
	 */
	public synchronized void reset() {
		this.failures.clear();
		this.delays.clear();
		this.refusals = 0;
		this.proxyToken = null;
	}

	synchronized @Nullable Failure nextFailure(String method) {
		for (Iterator<Failure> all = this.failures.iterator(); all.hasNext();) {
			Failure failure = all.next();
			if (matches(failure.method, method)) {
				if (--failure.left <= 0) {
					all.remove();
				}
				return failure;
			}
		}
		return null;
	}

	synchronized Duration delayOf(String method) {
		Duration delay = Duration.ZERO;
		for (Map.Entry<String, Duration> entry : this.delays.entrySet()) {
			if (matches(entry.getKey(), method)) {
				delay = entry.getValue();
			}
		}
		return delay;
	}

	synchronized boolean takeRefusal() {
		if (this.refusals > 0) {
			this.refusals--;
			return true;
		}
		return false;
	}

	synchronized boolean lacksProxyAuthorization(Metadata metadata) {
		if (this.proxyToken == null) {
			return false;
		}
		Iterable<String> sent = metadata.getAll(MetadataKeys.PROXY_AUTHORIZATION);
		List<String> tokens = new ArrayList<>();
		if (sent != null) {
			sent.forEach(tokens::add);
		}
		// A second one, for another proxy, must not get here.
		return !tokens.equals(List.of("Bearer " + this.proxyToken));
	}

	private static boolean matches(String wanted, String method) {
		return wanted.equals(ANY) || CallLog.matches(wanted, method);
	}

	/**
	 * What the next calls get instead of an answer.
	 */
	static final class Failure {

		private final String method;

		private int left;

		private final Status status;

		private final Metadata trailers;

		private Failure(String method, int times, Status status, Metadata trailers) {
			this.method = method;
			this.left = times;
			this.status = status;
			this.trailers = trailers;
		}

		Status status() {
			return this.status;
		}

		Metadata trailers() {
			Metadata copy = new Metadata();
			copy.merge(this.trailers);
			return copy;
		}

	}

}
