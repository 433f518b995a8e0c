package io.flyteconnect.test.admin;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.rpc.Code;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;

/**
 * The errors of Flyte Admin, worded as in {@code flyteadmin/pkg} of version 1.16.
 */
final class AdminErrors {

	/** What a client takes of a status, even if each character is three escaped bytes. */
	private static final int LONGEST = 800;

	private AdminErrors() {
	}

	static StatusRuntimeException missing(String field) {
		return invalid("missing " + field);
	}

	static StatusRuntimeException invalidValue(String field) {
		return invalid("invalid value for " + field);
	}

	static StatusRuntimeException invalid(String message) {
		return Status.INVALID_ARGUMENT.withDescription(bounded(message)).asRuntimeException();
	}

	static StatusRuntimeException notFound(String type, Message identifier) {
		return Status.NOT_FOUND
			.withDescription(bounded("missing entity of type " + type + " with identifier " + text(identifier)))
			.asRuntimeException();
	}

	static StatusRuntimeException alreadyExists(String message) {
		return Status.ALREADY_EXISTS.withDescription(bounded(message)).asRuntimeException();
	}

	static StatusRuntimeException invalid(String message, Message detail) {
		return detailed(Code.INVALID_ARGUMENT, message, detail);
	}

	static StatusRuntimeException failedPrecondition(String message, Message detail) {
		return detailed(Code.FAILED_PRECONDITION, message, detail);
	}

	private static StatusRuntimeException detailed(Code code, String message, Message detail) {
		return StatusProto.toStatusRuntimeException(com.google.rpc.Status.newBuilder()
			.setCode(code.getNumber())
			.setMessage(bounded(message))
			.addDetails(Any.pack(detail))
			.build());
	}

	private static String bounded(String message) {
		return (message.length() > LONGEST) ? message.substring(0, LONGEST) + "..." : message;
	}

	private static String text(Message message) {
		return message.toString().strip().replaceAll("\\s+", " ").replace(": ", ":");
	}

}
