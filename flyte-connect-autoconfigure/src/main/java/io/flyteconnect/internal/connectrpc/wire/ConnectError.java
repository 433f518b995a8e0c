package io.flyteconnect.internal.connectrpc.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.rpc.Status.Builder;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.protobuf.ProtoUtils;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.json.JsonParseException;
import org.springframework.boot.json.JsonParserFactory;

/**
 * Reads the errors of Connect, which are JSON (Connect protocol, "Error End-Stream").
 *
 * @param status the code and the message
 * @param trailers the details, where {@code StatusProto} looks for them, and the metadata
 * of the end of a stream
 */
record ConnectError(Status status, Metadata trailers) {

	private static final Metadata.Key<com.google.rpc.Status> DETAILS = Metadata.Key.of("grpc-status-details-bin",
			ProtoUtils.metadataMarshaller(com.google.rpc.Status.getDefaultInstance()));

	private static final String TYPE_PREFIX = "type.googleapis.com/";

	/**
	 * Read the error of a unary call.
	 * @param json the body
	 * @param trailers the trailers, which take the details
	 * @param otherwise the code where the body has none
	 * @return the error, or {@code null} if the body is none
	 */
	static @Nullable ConnectError ofBody(byte[] json, Metadata trailers, Status.Code otherwise) {
		Map<String, Object> error = parse(json);
		return (error != null) ? of(error, trailers, otherwise) : null;
	}

	/**
	 * Read the end of a stream.
	 * @param json the last message
	 * @return how the stream ended, or {@code null} if that is not what the message is
	 */
	static @Nullable ConnectError ofEndOfStream(byte[] json) {
		Map<String, Object> end = parse(json);
		if (end == null) {
			return null;
		}
		Metadata trailers = metadata(end.get("metadata"));
		Object error = end.get("error");
		if (error == null) {
			return new ConnectError(Status.OK, trailers);
		}
		return (error instanceof Map<?, ?> map) ? of(map, trailers, Status.Code.UNKNOWN) : null;
	}

	// What makes a parser deep or slow is bounded by the size of a message.
	private static @Nullable Map<String, Object> parse(byte[] json) {
		String text = new String(json, StandardCharsets.UTF_8).strip();
		if (text.equals("{}")) {
			return Map.of();
		}
		try {
			// Jackson's parser has no map for the word null.
			return JsonParserFactory.getJsonParser().parseMap(text);
		}
		catch (JsonParseException ex) {
			return null;
		}
	}

	private static Metadata metadata(@Nullable Object values) {
		Metadata metadata = new Metadata();
		if (values instanceof Map<?, ?> map) {
			map.forEach((name, list) -> {
				if (list instanceof List<?> all) {
					all.forEach((value) -> ConnectHeaders.add(metadata, String.valueOf(name).toLowerCase(Locale.ROOT),
							String.valueOf(value)));
				}
			});
		}
		return metadata;
	}

	private static ConnectError of(Map<?, ?> error, Metadata trailers, Status.Code otherwise) {
		Status.Code code = (error.get("code") instanceof String word) ? ConnectCodes.ofWord(word) : null;
		Status status = ((code != null) ? code : otherwise).toStatus();
		String message = (error.get("message") instanceof String text && !text.isEmpty()) ? text : null;
		if (error.get("details") instanceof List<?> details && !details.isEmpty()) {
			Builder detailed = com.google.rpc.Status.newBuilder().setCode(status.getCode().value());
			if (message != null) {
				detailed.setMessage(message);
			}
			details.forEach((detail) -> addDetail(detail, detailed));
			trailers.put(DETAILS, detailed.build());
		}
		return new ConnectError((message != null) ? status.withDescription(message) : status, trailers);
	}

	// One that cannot be read is left out: the error counts more than what it adds.
	private static void addDetail(Object detail, Builder detailed) {
		if (detail instanceof Map<?, ?> map && map.get("type") instanceof String type
				&& map.get("value") instanceof String value) {
			try {
				detailed.addDetails(Any.newBuilder()
					.setTypeUrl(type.contains("/") ? type : TYPE_PREFIX + type)
					.setValue(ByteString.copyFrom(ConnectHeaders.decode(value))));
			}
			catch (IllegalArgumentException ex) {
				// No base64.
			}
		}
	}

}
