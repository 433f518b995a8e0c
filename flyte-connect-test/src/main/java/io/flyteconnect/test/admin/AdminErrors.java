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

	private AdminErrors() {
	}

	static StatusRuntimeException missing(String field) {
		return invalid("missing " + field);
	}

	static StatusRuntimeException invalidValue(String field) {
		return invalid("invalid value for " + field);
	}

	static StatusRuntimeException invalid(String message) {
		return Status.INVALID_ARGUMENT.withDescription(message).asRuntimeException();
	}

	static StatusRuntimeException notFound(String type, Message identifier) {
		return Status.NOT_FOUND
			.withDescription("missing entity of type " + type + " with identifier " + text(identifier))
			.asRuntimeException();
	}

	static StatusRuntimeException alreadyExists(String message) {
		return Status.ALREADY_EXISTS.withDescription(message).asRuntimeException();
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
			.setMessage(message)
			.addDetails(Any.pack(detail))
			.build());
	}

	private static String text(Message message) {
		return message.toString().strip().replaceAll("\\s+", " ").replace(": ", ":");
	}

}
