package io.flyteconnect.internal.connectrpc.wire;

import java.util.Locale;

import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * The words that Connect has for gRPC's codes, and what an answer of HTTP means that is
 * none of Connect (Connect protocol, "Error Codes" and "HTTP to Error Code").
 */
final class ConnectCodes {

	private ConnectCodes() {
	}

	/**
	 * Return the code of a word.
	 * @param word the word, for example {@code not_found}
	 * @return the code, or {@code null} if there is no such word
	 */
	static Status.@Nullable Code ofWord(String word) {
		if (word.equals("canceled")) {
			return Status.Code.CANCELLED;
		}
		for (Status.Code code : Status.Code.values()) {
			if (code != Status.Code.OK && code != Status.Code.CANCELLED
					&& code.name().toLowerCase(Locale.ROOT).equals(word)) {
				return code;
			}
		}
		return null;
	}

	/**
	 * Return the code of an answer of HTTP without an error of Connect.
	 * @param status the status of HTTP
	 * @return the code
	 */
	static Status.Code ofHttp(int status) {
		return switch (status) {
			case 400 -> Status.Code.INTERNAL;
			case 401 -> Status.Code.UNAUTHENTICATED;
			case 403 -> Status.Code.PERMISSION_DENIED;
			case 404 -> Status.Code.UNIMPLEMENTED;
			case 429, 502, 503, 504 -> Status.Code.UNAVAILABLE;
			default -> Status.Code.UNKNOWN;
		};
	}

}
