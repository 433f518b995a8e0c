package io.flyteconnect.config;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * How the gRPC channel of a connection behaves. Names and defaults follow Flyte's Go
 * client ({@code flyteidl/clients/go/admin/config.go}) where it has them.
 *
 * @since 0.1.0
 */
public class ChannelProperties {

	private static final int DEFAULT_MAX_RETRIES = 4;

	/**
	 * How often a call that may be repeated is sent again at most.
	 */
	private Integer maxRetries = DEFAULT_MAX_RETRIES;

	/**
	 * How long one attempt of a call that may be repeated can take; zero for no limit but
	 * the deadline. Has no effect beside a service config.
	 */
	private Duration perRetryTimeout = Duration.ZERO;

	/**
	 * The longest pause between two attempts.
	 */
	private Duration maxBackoffDelay = Duration.ofSeconds(8);

	/**
	 * The largest message that is received.
	 */
	private DataSize maxMessageSize = DataSize.ofMegabytes(20);

	/**
	 * The largest header or trailer that is received.
	 */
	private DataSize maxMetadataSize = DataSize.ofKilobytes(32);

	/**
	 * Deadline of a unary call where the caller sets none; zero for none.
	 */
	private Duration deadline = Duration.ofSeconds(30);

	/**
	 * Rest of a connection after which it is pinged; zero for never. Servers of Go refuse
	 * less than five minutes unless configured otherwise.
	 */
	private Duration keepaliveTime = Duration.ofMinutes(5);

	/**
	 * How long the answer to a ping may take.
	 */
	private Duration keepaliveTimeout = Duration.ofSeconds(20);

	/**
	 * Whether connections without calls are pinged, too.
	 */
	private Boolean keepaliveWithoutCalls = false;

	/**
	 * Rest after which a connection is closed, to be opened again by the next call; zero
	 * for never. Below the 350 seconds after which usual load balancers drop a connection
	 * silently.
	 */
	private Duration idleTimeout = Duration.ofMinutes(4);

	/**
	 * How long calls may finish when the application stops.
	 */
	private Duration shutdownGracePeriod = Duration.ofSeconds(10);

	/**
	 * User agent, "flyte-connect/" and the version where not set.
	 */
	private @Nullable String userAgent;

	/**
	 * Name of gRPC's load balancing policy, such as "round_robin". Where not set, gRPC's
	 * own choice.
	 */
	private @Nullable String loadBalancingPolicy;

	/**
	 * gRPC service config as JSON text, in place of the one built from these settings.
	 */
	private @Nullable String serviceConfig;

	public Integer getMaxRetries() {
		return this.maxRetries;
	}

	public void setMaxRetries(@Nullable Integer maxRetries) {
		this.maxRetries = (maxRetries != null) ? maxRetries : DEFAULT_MAX_RETRIES;
	}

	public Duration getPerRetryTimeout() {
		return this.perRetryTimeout;
	}

	public void setPerRetryTimeout(Duration perRetryTimeout) {
		this.perRetryTimeout = perRetryTimeout;
	}

	public Duration getMaxBackoffDelay() {
		return this.maxBackoffDelay;
	}

	public void setMaxBackoffDelay(Duration maxBackoffDelay) {
		this.maxBackoffDelay = maxBackoffDelay;
	}

	public DataSize getMaxMessageSize() {
		return this.maxMessageSize;
	}

	public void setMaxMessageSize(DataSize maxMessageSize) {
		this.maxMessageSize = maxMessageSize;
	}

	public DataSize getMaxMetadataSize() {
		return this.maxMetadataSize;
	}

	public void setMaxMetadataSize(DataSize maxMetadataSize) {
		this.maxMetadataSize = maxMetadataSize;
	}

	public Duration getDeadline() {
		return this.deadline;
	}

	public void setDeadline(Duration deadline) {
		this.deadline = deadline;
	}

	public Duration getKeepaliveTime() {
		return this.keepaliveTime;
	}

	public void setKeepaliveTime(Duration keepaliveTime) {
		this.keepaliveTime = keepaliveTime;
	}

	public Duration getKeepaliveTimeout() {
		return this.keepaliveTimeout;
	}

	public void setKeepaliveTimeout(Duration keepaliveTimeout) {
		this.keepaliveTimeout = keepaliveTimeout;
	}

	public Boolean getKeepaliveWithoutCalls() {
		return this.keepaliveWithoutCalls;
	}

	public void setKeepaliveWithoutCalls(@Nullable Boolean keepaliveWithoutCalls) {
		this.keepaliveWithoutCalls = Boolean.TRUE.equals(keepaliveWithoutCalls);
	}

	public Duration getIdleTimeout() {
		return this.idleTimeout;
	}

	public void setIdleTimeout(Duration idleTimeout) {
		this.idleTimeout = idleTimeout;
	}

	public Duration getShutdownGracePeriod() {
		return this.shutdownGracePeriod;
	}

	public void setShutdownGracePeriod(Duration shutdownGracePeriod) {
		this.shutdownGracePeriod = shutdownGracePeriod;
	}

	public @Nullable String getUserAgent() {
		return this.userAgent;
	}

	public void setUserAgent(@Nullable String userAgent) {
		this.userAgent = userAgent;
	}

	public @Nullable String getLoadBalancingPolicy() {
		return this.loadBalancingPolicy;
	}

	public void setLoadBalancingPolicy(@Nullable String loadBalancingPolicy) {
		this.loadBalancingPolicy = loadBalancingPolicy;
	}

	public @Nullable String getServiceConfig() {
		return this.serviceConfig;
	}

	public void setServiceConfig(@Nullable String serviceConfig) {
		this.serviceConfig = serviceConfig;
	}

	@Override
	public String toString() {
		return "ChannelProperties[maxRetries=" + this.maxRetries + ", perRetryTimeout=" + this.perRetryTimeout
				+ ", maxBackoffDelay=" + this.maxBackoffDelay + ", maxMessageSize=" + this.maxMessageSize
				+ ", maxMetadataSize=" + this.maxMetadataSize + ", deadline=" + this.deadline + ", keepaliveTime="
				+ this.keepaliveTime + ", keepaliveTimeout=" + this.keepaliveTimeout + ", keepaliveWithoutCalls="
				+ this.keepaliveWithoutCalls + ", idleTimeout=" + this.idleTimeout + ", shutdownGracePeriod="
				+ this.shutdownGracePeriod + ", userAgent=" + this.userAgent + ", loadBalancingPolicy="
				+ this.loadBalancingPolicy + ", serviceConfig=" + this.serviceConfig + "]";
	}

}
