package io.flyteconnect.internal.http;

import java.time.Duration;

/**
 * How long a request may take and how large its answer may be.
 *
 * @param connectTimeout the longest time to connect to one address
 * @param totalTimeout the longest time altogether
 * @param maxResponseSize the largest body in bytes
 */
record HttpLimits(Duration connectTimeout, Duration totalTimeout, int maxResponseSize) {

	int connectTimeoutMillis() {
		return (int) Math.min(this.connectTimeout.toMillis(), Integer.MAX_VALUE);
	}

}
