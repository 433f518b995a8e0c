package io.flyteconnect.config;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * How the gRPC channel of a connection behaves.
 *
 * @param maxRetries how often a call is sent again at most
 * @param perRetryTimeout how long one attempt of a call may take
 * @param maxBackoffDelay the longest pause between two attempts
 * @param maxMessageSize the largest message that is received
 * @param maxMetadataSize the largest header or trailer that is received
 * @param deadline the deadline of a unary call where the caller sets none; zero for none
 * @param keepaliveTime the pause after which a call's connection is pinged; zero for
 * never
 * @param keepaliveTimeout how long the answer to a ping may take
 * @param keepaliveWithoutCalls whether connections without calls are pinged, too
 * @param idleTimeout the rest after which a connection is closed
 * @param shutdownGracePeriod how long calls may finish when the application stops
 * @param userAgent the user agent, or {@code null} for {@code flyte-connect/<version>}
 * @param loadBalancingPolicy the name of gRPC's load balancing policy, or {@code null}
 * for gRPC's own choice
 * @param serviceConfig gRPC service config as JSON in place of the one built from these
 * settings, or {@code null}
 * @since 0.1.0
 */
public record ChannelSettings(int maxRetries, Duration perRetryTimeout, Duration maxBackoffDelay,
		DataSize maxMessageSize, DataSize maxMetadataSize, Duration deadline, Duration keepaliveTime,
		Duration keepaliveTimeout, boolean keepaliveWithoutCalls, Duration idleTimeout, Duration shutdownGracePeriod,
		@Nullable String userAgent, @Nullable String loadBalancingPolicy, @Nullable String serviceConfig) {

}
