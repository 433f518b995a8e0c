package io.flyteconnect.internal.http;

import java.time.Duration;

/**
 * The limits of a request: its time and the size of its response.
 *
 * @param connectTimeout the time limit to connect to one address
 * @param totalTimeout the time limit of the whole request
 * @param maxResponseSize the largest body in bytes
 */
record HttpLimits(Duration connectTimeout, Duration totalTimeout, int maxResponseSize) {

	int connectTimeoutMillis() {
		return (int) Math.min(this.connectTimeout.toMillis(), Integer.MAX_VALUE);
	}

}
