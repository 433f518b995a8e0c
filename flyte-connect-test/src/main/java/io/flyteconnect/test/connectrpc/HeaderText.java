package io.flyteconnect.test.connectrpc;

import java.util.Base64;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;

import io.grpc.Metadata;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Headers of HTTP as metadata of gRPC, and back.
 */
final class HeaderText {

	/** What the transports say to each other. */
	private static final Set<String> RESERVED = Set.of("accept-encoding", "connection", "content-encoding",
			"content-length", "content-type", "host", "te", "transfer-encoding", "upgrade", "http2-settings");

	private HeaderText() {
	}

	static Metadata read(HttpServletRequest request) {
		Metadata metadata = new Metadata();
		for (String header : Collections.list(request.getHeaderNames())) {
			String name = header.toLowerCase(Locale.ROOT);
			if (!RESERVED.contains(name) && !name.startsWith("connect-") && !name.startsWith("grpc-")) {
				Collections.list(request.getHeaders(header)).forEach((value) -> put(metadata, name, value));
			}
		}
		return metadata;
	}

	private static void put(Metadata metadata, String name, String value) {
		if (name.endsWith(Metadata.BINARY_HEADER_SUFFIX)) {
			metadata.put(Metadata.Key.of(name, Metadata.BINARY_BYTE_MARSHALLER),
					Base64.getDecoder().decode(value.replace("=", "")));
		}
		else {
			metadata.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value);
		}
	}

	static void write(Metadata metadata, BiConsumer<String, String> header) {
		for (String name : metadata.keys()) {
			if (name.endsWith(Metadata.BINARY_HEADER_SUFFIX)) {
				Iterable<byte[]> values = metadata.getAll(Metadata.Key.of(name, Metadata.BINARY_BYTE_MARSHALLER));
				if (values != null) {
					values.forEach(
							(value) -> header.accept(name, Base64.getEncoder().withoutPadding().encodeToString(value)));
				}
			}
			else {
				Iterable<String> values = metadata.getAll(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
				if (values != null) {
					values.forEach((value) -> header.accept(name, value));
				}
			}
		}
	}

}
