package io.flyteconnect.test;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.grpc.Status;

/**
 * The calls that a test server got, and how they ended. Methods are named in full
 * ({@code flyteidl.service.AdminService/ListProjects}) or without their service
 * ({@code ListProjects}).
 *
 * @since 0.1.0
 */
public final class CallLog {

	private final List<RecordedCall> calls = new ArrayList<>();

	private final Map<Status.Code, Integer> outcomes = new EnumMap<>(Status.Code.class);

	CallLog() {
	}

	synchronized void begin(RecordedCall call) {
		this.calls.add(call);
		notifyAll();
	}

	synchronized void end(Status status) {
		this.outcomes.merge(status.getCode(), 1, Integer::sum);
		notifyAll();
	}

	/**
	 * All calls.
	 * @return a copy, oldest first
	 */
	public synchronized List<RecordedCall> calls() {
		return List.copyOf(this.calls);
	}

	/**
	 * The calls of one method.
	 * @param method the method
	 * @return a copy, oldest first
	 */
	public List<RecordedCall> calls(String method) {
		return calls().stream().filter((call) -> matches(method, call.method())).toList();
	}

	/**
	 * How many calls there were of one method.
	 * @param method the method
	 * @return the number, refused calls included
	 */
	public int count(String method) {
		return calls(method).size();
	}

	/**
	 * How many calls ended with a status.
	 * @param code the status code
	 * @return the number of calls that have ended
	 */
	public synchronized int outcomes(Status.Code code) {
		return this.outcomes.getOrDefault(code, 0);
	}

	/**
	 * How many calls were refused for their token or for the lack of one.
	 * @return the number of calls that ended UNAUTHENTICATED
	 */
	public int refused() {
		return outcomes(Status.Code.UNAUTHENTICATED);
	}

	/**
	 * Wait until a method was called that often.
	 * @param method the method
	 * @param times the number of calls
	 * @param timeout how long to wait at most
	 * @return the calls
	 * @throws AssertionError if there were fewer calls in that time
	 */
	public synchronized List<RecordedCall> awaitCalls(String method, int times, Duration timeout) {
		long end = System.nanoTime() + timeout.toNanos();
		while (count(method) < times) {
			long left = (end - System.nanoTime()) / 1_000_000;
			if (left <= 0) {
				throw new AssertionError("Expected " + times + " calls of " + method + " within " + timeout
						+ " but there were " + count(method) + " of " + this);
			}
			try {
				wait(left);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new AssertionError("Interrupted while waiting for calls of " + method, ex);
			}
		}
		return calls(method);
	}

	/**
	 * Forget all calls.
	 */
	public synchronized void clear() {
		this.calls.clear();
		this.outcomes.clear();
	}

	/**
	 * What stands for a token in {@link RecordedCall#tokenFingerprint()}.
	 * @param token the token
	 * @return the first 16 digits of its SHA-256 hash
	 */
	public static String fingerprint(String token) {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(hash, 0, 8);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("This Java has no SHA-256", ex);
		}
	}

	/**
	 * Return what was called, for the message of an assertion.
	 * @return {@code 3 calls (2 ListProjects, 1 GetExecution), ended: 2 OK, 1 NOT_FOUND}
	 * for example
	 */
	@Override
	public synchronized String toString() {
		Map<String, Integer> methods = new LinkedHashMap<>();
		this.calls.forEach((call) -> methods.merge(call.methodName(), 1, Integer::sum));
		return ((this.calls.size() == 1) ? "1 call" : this.calls.size() + " calls")
				+ (methods.isEmpty() ? "" : " (" + counts(methods) + ")")
				+ (this.outcomes.isEmpty() ? "" : ", ended: " + counts(this.outcomes));
	}

	private static String counts(Map<?, Integer> counts) {
		return counts.entrySet()
			.stream()
			.map((entry) -> entry.getValue() + " " + entry.getKey())
			.collect(Collectors.joining(", "));
	}

	static boolean matches(String wanted, String method) {
		return method.equals(wanted) || method.endsWith("/" + wanted);
	}

}
