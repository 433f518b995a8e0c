package io.flyteconnect.internal.grant.device;

import java.time.Duration;

/**
 * How a person logs in on another device.
 *
 * @param timeout how long they have at most
 * @param pollInterval the pause between two polls where the server names none
 * @param qrCode whether the log shows the link as a QR code
 * @since 0.1.0
 */
public record DeviceOptions(Duration timeout, Duration pollInterval, boolean qrCode) {

}
