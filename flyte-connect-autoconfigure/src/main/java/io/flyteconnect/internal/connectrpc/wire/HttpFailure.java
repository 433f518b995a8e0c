package io.flyteconnect.internal.connectrpc.wire;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

import io.grpc.Status;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.text.SafeText;

/**
 * An answer that is none of Connect: that of an ingress, a gateway or a login in front of
 * the server.
 */
final class HttpFailure {

	/** What is read of the body, for the words that a person finds there. */
	static final int MAX_BODY = 8 * 1024;

	private static final Pattern NOT_SHOWN = Pattern
		.compile("(?is)<(script|style|head)\\b[^>]*+>.*?</\\1\\s*+>|<[^>]*+>");

	private static final Pattern SPACE = Pattern.compile("\\s+");

	private HttpFailure() {
	}

	/**
	 * Say what came. The words are those that gRPC has for such an answer
	 * ({@code io.grpc.internal.Http2ClientStreamTransportState}), by which it is
	 * recognized.
	 * @param code the code of the call
	 * @param status the status of HTTP
	 * @param headers the headers
	 * @param body the beginning of the body
	 * @return the end of the call
	 */
	static Status of(Status.Code code, int status, HttpHeaders headers, byte[] body) {
		String type = headers.get(HttpHeaderNames.CONTENT_TYPE);
		StringBuilder text = new StringBuilder("HTTP status code ").append(status)
			.append(", invalid content-type: ")
			.append(SafeText.of((type != null) ? type : "none"));
		String location = headers.get(HttpHeaderNames.LOCATION);
		if (location != null) {
			// Its query may hold what is not for a log.
			text.append(" (location=").append(SafeText.of(withoutQuery(location))).append(')');
		}
		String words = words(type, body);
		if (!words.isEmpty()) {
			text.append(": ").append(words);
		}
		return code.toStatus().withDescription(text.toString());
	}

	private static String withoutQuery(String location) {
		int end = location.indexOf('?');
		return (end >= 0) ? location.substring(0, end) : location;
	}

	private static String words(@Nullable String type, byte[] body) {
		String media = (type != null) ? type.toLowerCase(Locale.ROOT) : "";
		if (!media.isEmpty() && !media.startsWith("text/") && !media.contains("json") && !media.contains("xml")) {
			return "";
		}
		String text = new String(body, StandardCharsets.UTF_8);
		if (media.contains("html") || media.contains("xml")) {
			text = NOT_SHOWN.matcher(text).replaceAll(" ");
		}
		return SafeText.of(SPACE.matcher(text).replaceAll(" ").strip());
	}

}
