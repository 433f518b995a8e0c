package io.flyteconnect.config;

import java.time.Duration;

/**
 * How a person logs in on another device.
 *
 * @since 0.1.0
 */
public class DeviceFlowProperties {

	/**
	 * How long the person has to log in.
	 */
	private Duration timeout = Duration.ofMinutes(10);

	/**
	 * How long before its end a token of this mode is renewed.
	 */
	private Duration refreshTime = Duration.ofMinutes(5);

	/**
	 * Pause between two polls where the server names none.
	 */
	private Duration pollInterval = Duration.ofSeconds(5);

	/**
	 * Whether the log shows the link as a QR code. Needs com.google.zxing:core on the
	 * class path.
	 */
	private boolean qrCode;

	public boolean isQrCode() {
		return this.qrCode;
	}

	public void setQrCode(boolean qrCode) {
		this.qrCode = qrCode;
	}

	public Duration getTimeout() {
		return this.timeout;
	}

	public void setTimeout(Duration timeout) {
		this.timeout = timeout;
	}

	public Duration getRefreshTime() {
		return this.refreshTime;
	}

	public void setRefreshTime(Duration refreshTime) {
		this.refreshTime = refreshTime;
	}

	public Duration getPollInterval() {
		return this.pollInterval;
	}

	public void setPollInterval(Duration pollInterval) {
		this.pollInterval = pollInterval;
	}

	@Override
	public String toString() {
		return "DeviceFlow[timeout=" + this.timeout + ", refreshTime=" + this.refreshTime + ", pollInterval="
				+ this.pollInterval + ", qrCode=" + this.qrCode + "]";
	}

}
