package io.flyteconnect.internal.connectrpc.wire;

import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.grpc.Metadata;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Headers of gRPC as those of HTTP, and the reverse. Values of names that end in
 * {@code -bin} are base64, without padding where we write them.
 */
final class ConnectHeaders {

	static final String TRAILER_PREFIX = "trailer-";

	/** What belongs to the protocol or the connection, and not to the caller. */
	private static final Set<String> RESERVED = Set.of("accept-encoding", "connection", "content-encoding",
			"content-length", "content-type", "expect", "host", "keep-alive", "proxy-connection", "te", "trailer",
			"transfer-encoding", "upgrade", "user-agent");

	/** What Netty adds to the headers of HTTP/2. */
	private static final String NETTY_PREFIX = "x-http2-";

	private ConnectHeaders() {
	}

	static void write(Metadata metadata, HttpHeaders headers) {
		for (String name : metadata.keys()) {
			if (RESERVED.contains(name) || name.startsWith("connect-") || name.startsWith("grpc-")) {
				continue;
			}
			if (name.endsWith(Metadata.BINARY_HEADER_SUFFIX)) {
				values(metadata, Metadata.Key.of(name, Metadata.BINARY_BYTE_MARSHALLER))
					.forEach((value) -> headers.add(name, encode(value)));
			}
			else {
				values(metadata, Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER))
					.forEach((value) -> headers.add(name, value));
			}
		}
	}

	private static <T> Iterable<T> values(Metadata metadata, Metadata.Key<T> key) {
		Iterable<T> values = metadata.getAll(key);
		return (values != null) ? values : Set.of();
	}

	/**
	 * Sort the headers of an answer.
	 * @param from the headers of HTTP
	 * @param headers takes those that are headers
	 * @param trailers takes those that are trailers of an unary call, without their
	 * prefix; {@code null} where there are none
	 */
	static void read(HttpHeaders from, Metadata headers, @Nullable Metadata trailers) {
		for (Map.Entry<String, String> header : from) {
			String name = header.getKey().toLowerCase(Locale.ROOT);
			if (trailers != null && name.startsWith(TRAILER_PREFIX)) {
				add(trailers, name.substring(TRAILER_PREFIX.length()), header.getValue());
			}
			else if (!name.startsWith(NETTY_PREFIX)) {
				add(headers, name, header.getValue());
			}
		}
	}

	/**
	 * Add a value that a server has sent. One that is not what its name says is left out,
	 * and so is a name that gRPC does not know how to hold.
	 * @param metadata takes the value
	 * @param name the name in lower case
	 * @param value the value, several of binary ones separated by commas
	 */
	static void add(Metadata metadata, String name, String value) {
		try {
			if (!name.endsWith(Metadata.BINARY_HEADER_SUFFIX)) {
				metadata.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value);
				return;
			}
			Metadata.Key<byte[]> key = Metadata.Key.of(name, Metadata.BINARY_BYTE_MARSHALLER);
			for (String part : value.split(",", -1)) {
				metadata.put(key, decode(part.strip()));
			}
		}
		catch (IllegalArgumentException ex) {
			// The rest of the answer is good all the same.
		}
	}

	static String encode(byte[] value) {
		return Base64.getEncoder().withoutPadding().encodeToString(value);
	}

	/**
	 * Decode base64 with or without padding.
	 * @param value the text
	 * @return the bytes
	 * @throws IllegalArgumentException if it is no base64
	 */
	static byte[] decode(String value) {
		int end = value.length();
		while (end > 0 && value.charAt(end - 1) == '=') {
			end--;
		}
		return Base64.getDecoder().decode(value.substring(0, end));
	}

}
