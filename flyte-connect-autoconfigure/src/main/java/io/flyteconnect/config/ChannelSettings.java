package io.flyteconnect.config;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;

import io.flyteconnect.internal.config.text.SettingCheck;

/**
 * How the gRPC channel of a connection behaves. Names and defaults follow Flyte's Go
 * client ({@code flyteidl/clients/go/admin/config.go}) where it has them.
 *
 * @param maxRetries How often a call that may be repeated is sent again at most.
 * @param perRetryTimeout How long one attempt of a call that may be repeated can take;
 * zero for no limit but the deadline. Has no effect beside a service config.
 * @param maxBackoffDelay The longest pause between two attempts.
 * @param maxMessageSize The largest message that is received.
 * @param maxMetadataSize The largest header or trailer that is received.
 * @param deadline Deadline of a unary call where the caller sets none; zero for none.
 * @param keepaliveTime Rest of a connection after which it is pinged; zero for never.
 * Servers of Go refuse less than five minutes unless configured otherwise.
 * @param keepaliveTimeout How long the answer to a ping may take.
 * @param keepaliveWithoutCalls Whether connections without calls are pinged, too.
 * @param idleTimeout Rest after which a connection is closed, to be opened again by the
 * next call; zero for never. Below the 350 seconds after which usual load balancers drop
 * a connection silently.
 * @param maxConnectionAge How long a connection is used for calls at most; zero for as
 * long as it lasts. Later calls go over a new one, for which the name of the endpoint is
 * looked up anew; calls under way finish on the old one.
 * @param shutdownGracePeriod How long calls may finish when the application stops.
 * @param userAgent User agent, "flyte-connect/" and the version where not set.
 * @param loadBalancingPolicy Name of gRPC's load balancing policy, such as "round_robin".
 * Where not set, gRPC's own choice.
 * @param serviceConfig gRPC service config as JSON text, in place of the one built from
 * these settings.
 * @since 0.1.0
 */
public record ChannelSettings(@DefaultValue("4") Integer maxRetries, @DefaultValue("0s") Duration perRetryTimeout,
		@DefaultValue("8s") Duration maxBackoffDelay, @DefaultValue("20MB") DataSize maxMessageSize,
		@DefaultValue("32KB") DataSize maxMetadataSize, @DefaultValue("30s") Duration deadline,
		@DefaultValue("5m") Duration keepaliveTime, @DefaultValue("20s") Duration keepaliveTimeout,
		@DefaultValue("false") Boolean keepaliveWithoutCalls, @DefaultValue("4m") Duration idleTimeout,
		@DefaultValue("0s") Duration maxConnectionAge, @DefaultValue("10s") Duration shutdownGracePeriod,
		@Nullable String userAgent, @Nullable String loadBalancingPolicy, @Nullable String serviceConfig) {

	public ChannelSettings {
		SettingCheck.retries("maxRetries", maxRetries);
		SettingCheck.notNegative("perRetryTimeout", perRetryTimeout);
		SettingCheck.positive("maxBackoffDelay", maxBackoffDelay);
		SettingCheck.size("maxMessageSize", maxMessageSize);
		SettingCheck.size("maxMetadataSize", maxMetadataSize);
		SettingCheck.notNegative("deadline", deadline);
		SettingCheck.notNegative("keepaliveTime", keepaliveTime);
		SettingCheck.positive("keepaliveTimeout", keepaliveTimeout);
		SettingCheck.notNegative("idleTimeout", idleTimeout);
		SettingCheck.notNegative("maxConnectionAge", maxConnectionAge);
		SettingCheck.notNegative("shutdownGracePeriod", shutdownGracePeriod);
		// An empty text is the same as none, for every key, as in flytekit.
		userAgent = StringUtils.hasText(userAgent) ? userAgent : null;
		loadBalancingPolicy = StringUtils.hasText(loadBalancingPolicy) ? loadBalancingPolicy : null;
		serviceConfig = StringUtils.hasText(serviceConfig) ? serviceConfig : null;
	}

}
