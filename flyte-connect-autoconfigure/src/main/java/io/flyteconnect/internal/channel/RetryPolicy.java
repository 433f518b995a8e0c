package io.flyteconnect.internal.channel;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.flyteconnect.config.ChannelSettings;
import io.flyteconnect.internal.call.ReadMethods;

/**
 * When a read is sent again, as a gRPC service config (gRFC A6).
 * <p>
 * {@code UNAVAILABLE} is the one code that is retried by itself. Any other answer, such
 * as {@code RESOURCE_EXHAUSTED}, is retried where the server asks for it with the trailer
 * {@code grpc-retry-pushback-ms}, and after the pause that it names: gRPC Java does so
 * for a method with a retry policy whatever the code is
 * ({@code io.grpc.internal.RetriableStream#makeRetryDecision}). A negative pushback stops
 * the retries. A method without a policy, which is each one that changes something, is
 * sent again only if it never reached the server ("transparent retry").
 *
 * @param maxAttempts how often a call is sent at most, the first time included
 * @param initialBackoff the pause before the second attempt; gRPC varies each pause by a
 * fifth
 * @param maxBackoff the longest pause
 */
record RetryPolicy(int maxAttempts, Duration initialBackoff, Duration maxBackoff) {

	private static final Duration INITIAL_BACKOFF = Duration.ofMillis(200);

	private static final Duration SHORTEST_BACKOFF = Duration.ofMillis(1);

	private static final double BACKOFF_MULTIPLIER = 2;

	// Retries stop when more than 50 calls in a row failed, and go on after as many that
	// did not: a server that comes back is not run over by repetitions.
	private static final double THROTTLING_MAX_TOKENS = 100;

	private static final double THROTTLING_TOKEN_RATIO = 1;

	static RetryPolicy of(ChannelSettings settings) {
		Duration max = longer(settings.maxBackoffDelay(), SHORTEST_BACKOFF);
		Duration initial = (INITIAL_BACKOFF.compareTo(max) < 0) ? INITIAL_BACKOFF : max;
		return new RetryPolicy(settings.maxRetries() + 1, initial, max);
	}

	Map<String, Object> toServiceConfig() {
		Map<String, Object> retryPolicy = Map.of("maxAttempts", (double) this.maxAttempts, "initialBackoff",
				text(this.initialBackoff), "maxBackoff", text(this.maxBackoff), "backoffMultiplier", BACKOFF_MULTIPLIER,
				"retryableStatusCodes", List.of("UNAVAILABLE"));
		Map<String, Object> methodConfig = Map.of("name", names(), "retryPolicy", retryPolicy);
		Map<String, Object> throttling = Map.of("maxTokens", THROTTLING_MAX_TOKENS, "tokenRatio",
				THROTTLING_TOKEN_RATIO);
		return Map.of("methodConfig", List.of(methodConfig), "retryThrottling", throttling);
	}

	private static List<Map<String, String>> names() {
		return ReadMethods.fullNames().stream().map((name) -> {
			int slash = name.indexOf('/');
			return Map.of("service", name.substring(0, slash), "method", name.substring(slash + 1));
		}).toList();
	}

	// The JSON form of google.protobuf.Duration. All nine digits of the fraction are
	// written: with fewer, padding makes 50 milliseconds out of 5.
	static String text(Duration duration) {
		String nanos = Integer.toString(duration.getNano());
		return duration.getSeconds() + "." + "0".repeat(9 - nanos.length()) + nanos + "s";
	}

	private static Duration longer(Duration one, Duration other) {
		return (one.compareTo(other) > 0) ? one : other;
	}

}
