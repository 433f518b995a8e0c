package io.flyteconnect.internal.literal;

import java.nio.ByteBuffer;
import java.util.Base64;

import com.google.protobuf.ByteString;
import flyteidl.core.Literals.Binary;
import flyteidl.core.Types.Error;
import flyteidl.core.Types.LiteralType;

import io.flyteconnect.literal.FlyteBinary;
import io.flyteconnect.literal.FlyteError;
import io.flyteconnect.literal.InvalidValueException;

/**
 * Writes bytes and errors.
 */
final class BinaryWriter {

	private BinaryWriter() {
	}

	static Binary binary(Object value, LiteralType type, boolean strict) {
		if (value instanceof FlyteBinary binary) {
			return Binary.newBuilder().setValue(ByteString.copyFrom(binary.value())).setTag(binary.tag()).build();
		}
		return Binary.newBuilder().setValue(bytes(value, type, strict)).build();
	}

	private static ByteString bytes(Object value, LiteralType type, boolean strict) {
		if (value instanceof byte[] bytes) {
			return ByteString.copyFrom(bytes);
		}
		if (value instanceof ByteString bytes) {
			return bytes;
		}
		if (value instanceof ByteBuffer buffer) {
			return ByteString.copyFrom(buffer.duplicate());
		}
		if (strict || !(value instanceof CharSequence)) {
			throw LiteralWriter.mismatch(type, value, "");
		}
		try {
			return ByteString.copyFrom(Base64.getDecoder().decode(value.toString().strip()));
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidValueException(LiteralWriter.mismatch(type, value, "text has to be Base64").getReason(),
					ex);
		}
	}

	static Error error(Object value, LiteralType type, boolean strict) {
		if (value instanceof FlyteError error) {
			return Error.newBuilder().setFailedNodeId(error.failedNodeId()).setMessage(error.message()).build();
		}
		if (!strict && value instanceof CharSequence) {
			return Error.newBuilder().setMessage(value.toString()).build();
		}
		throw LiteralWriter.mismatch(type, value, "");
	}

}
