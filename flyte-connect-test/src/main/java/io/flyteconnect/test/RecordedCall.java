package io.flyteconnect.test;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A call that the test server got, refused ones included.
 *
 * @param time when it came
 * @param method the full method name, {@code flyteidl.service.AdminService/ListProjects}
 * for example
 * @param metadataKeys the names of all metadata
 * @param peer the address it came from
 * @param userAgent the user agent, or {@code null}
 * @param deadline the time the client was ready to wait, or {@code null} without a
 * deadline
 * @param tokenFingerprint the start of the SHA-256 hash of the token, or {@code null}
 * without a token; see {@link CallLog#fingerprint(String)}
 * @since 0.1.0
 */
public record RecordedCall(Instant time, String method, Set<String> metadataKeys, String peer,
		@Nullable String userAgent, @Nullable Duration deadline, @Nullable String tokenFingerprint) {

	/**
	 * The method without its service.
	 * @return {@code ListProjects} for example
	 */
	public String methodName() {
		return this.method.substring(this.method.indexOf('/') + 1);
	}

}
