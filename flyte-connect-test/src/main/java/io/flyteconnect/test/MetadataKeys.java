package io.flyteconnect.test;

import io.grpc.Metadata;
import org.jspecify.annotations.Nullable;

/**
 * The metadata that the test server reads.
 */
final class MetadataKeys {

	static final Metadata.Key<String> AUTHORIZATION = key("authorization");

	static final Metadata.Key<String> PROXY_AUTHORIZATION = key("proxy-authorization");

	static final Metadata.Key<String> USER_AGENT = key("user-agent");

	private MetadataKeys() {
	}

	static Metadata.Key<String> key(String name) {
		return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
	}

	/**
	 * Find the value that Flyte Admin checks: the first {@code authorization}, else the
	 * header of its own.
	 * @param metadata the metadata of a call
	 * @param header the published header
	 * @return the value with its scheme, or {@code null}
	 */
	static @Nullable String authorization(Metadata metadata, Metadata.Key<String> header) {
		Iterable<String> standard = metadata.getAll(AUTHORIZATION);
		if (standard != null) {
			return standard.iterator().next();
		}
		return metadata.get(header);
	}

	static @Nullable String bearer(@Nullable String authorization) {
		if (authorization == null || !authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
			return null;
		}
		return authorization.substring(7);
	}

}
