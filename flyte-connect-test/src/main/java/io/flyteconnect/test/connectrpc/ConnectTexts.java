package io.flyteconnect.test.connectrpc;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import com.google.protobuf.Any;
import com.google.rpc.Status;
import io.grpc.Metadata;
import io.grpc.Status.Code;
import io.grpc.protobuf.StatusProto;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.json.JsonWriter;

/**
 * What Connect says in JSON and in headers (https://connectrpc.com/docs/protocol).
 */
final class ConnectTexts {

	private static final String DETAILS = "grpc-status-details-bin";

	private static final int CLIENT_CLOSED_REQUEST = 499;

	private ConnectTexts() {
	}

	/**
	 * Return how long the client waits.
	 */
	static Optional<Long> timeout(HttpServletRequest request) {
		return Optional.ofNullable(request.getHeader("connect-timeout-ms")).map(Long::valueOf);
	}

	static Map<String, Object> error(io.grpc.Status status, Metadata trailers) {
		Map<String, Object> error = new LinkedHashMap<>();
		error.put("code", name(status.getCode()));
		if (status.getDescription() != null) {
			error.put("message", status.getDescription());
		}
		Status rich = StatusProto.fromStatusAndTrailers(status, trailers);
		if (rich.getDetailsCount() > 0) {
			error.put("details", rich.getDetailsList().stream().map(ConnectTexts::detail).toList());
		}
		return error;
	}

	private static Map<String, String> detail(Any detail) {
		return Map.of("type", detail.getTypeUrl().substring(detail.getTypeUrl().lastIndexOf('/') + 1), "value",
				Base64.getEncoder().withoutPadding().encodeToString(detail.getValue().toByteArray()));
	}

	static Map<String, Object> endOfStream(io.grpc.Status status, Metadata trailers) {
		Map<String, Object> end = new LinkedHashMap<>();
		if (!status.isOk()) {
			end.put("error", error(status, trailers));
		}
		Map<String, List<String>> metadata = new TreeMap<>();
		HeaderText.write(withoutDetails(trailers), (name, value) -> metadata.put(name, List.of(value)));
		if (!metadata.isEmpty()) {
			end.put("metadata", metadata);
		}
		return end;
	}

	/**
	 * Return the trailers without what the error itself says.
	 */
	static Metadata withoutDetails(Metadata trailers) {
		Metadata others = new Metadata();
		others.merge(trailers);
		others.discardAll(Metadata.Key.of(DETAILS, Metadata.BINARY_BYTE_MARSHALLER));
		return others;
	}

	static byte[] bytes(Map<String, Object> json) {
		return JsonWriter.<Map<String, Object>>standard().writeToString(json).getBytes(StandardCharsets.UTF_8);
	}

	// Connect writes the word with one l.
	private static String name(Code code) {
		return (code == Code.CANCELLED) ? "canceled" : code.name().toLowerCase(Locale.ROOT);
	}

	static int httpStatus(Code code) {
		return switch (code) {
			case OK -> 200;
			case CANCELLED -> CLIENT_CLOSED_REQUEST;
			case INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE -> 400;
			case UNAUTHENTICATED -> 401;
			case PERMISSION_DENIED -> 403;
			case NOT_FOUND -> 404;
			case ALREADY_EXISTS, ABORTED -> 409;
			case RESOURCE_EXHAUSTED -> 429;
			case UNKNOWN, INTERNAL, DATA_LOSS -> 500;
			case UNIMPLEMENTED -> 501;
			case UNAVAILABLE -> 503;
			case DEADLINE_EXCEEDED -> 504;
		};
	}

}
