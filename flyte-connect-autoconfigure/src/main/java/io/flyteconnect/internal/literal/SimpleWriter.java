package io.flyteconnect.internal.literal;

import java.util.Map;
import java.util.Set;

import com.google.protobuf.Struct;
import flyteidl.core.Literals.Literal;
import flyteidl.core.Literals.Primitive;
import flyteidl.core.Literals.Scalar;
import flyteidl.core.Literals.Void;
import flyteidl.core.Types.LiteralType;
import flyteidl.core.Types.SimpleType;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.literal.struct.JavaObjects;
import io.flyteconnect.internal.literal.struct.StructWriter;
import io.flyteconnect.literal.FlyteBinary;
import io.flyteconnect.literal.InvalidValueException;

/**
 * Writes values of simple types.
 */
final class SimpleWriter {

	/** The texts for none, including Python's. */
	private static final Set<String> NONE = Set.of("null", "None", "none");

	private SimpleWriter() {
	}

	static Literal write(@Nullable Object given, LiteralType type, boolean strict) {
		SimpleType simple = type.getSimple();
		Object value = (simple == SimpleType.NONE && !strict && isNone(given)) ? null : given;
		if ((value == null) != (simple == SimpleType.NONE)) {
			throw LiteralWriter.mismatch(type, value, (value != null) ? "write null" : "");
		}
		if (value == null) {
			return scalar(Scalar.newBuilder().setNoneType(Void.getDefaultInstance()));
		}
		return switch (simple) {
			case INTEGER -> primitive(Primitive.newBuilder().setInteger(NumberWriter.integer(value, type, strict)));
			case FLOAT -> primitive(Primitive.newBuilder().setFloatValue(NumberWriter.decimal(value, type, strict)));
			case STRING -> text(TextWriter.text(value, type, strict));
			case BOOLEAN -> primitive(Primitive.newBuilder().setBoolean(TextWriter.bool(value, type, strict)));
			case DATETIME -> primitive(Primitive.newBuilder().setDatetime(TimeWriter.datetime(value, type, strict)));
			case DURATION -> primitive(Primitive.newBuilder().setDuration(TimeWriter.duration(value, type, strict)));
			case BINARY -> scalar(Scalar.newBuilder().setBinary(BinaryWriter.binary(value, type, strict)));
			case ERROR -> scalar(Scalar.newBuilder().setError(BinaryWriter.error(value, type, strict)));
			case STRUCT -> struct(value, type, strict);
			case NONE, UNRECOGNIZED -> throw LiteralWriter.mismatch(type, value, "");
		};
	}

	private static boolean isNone(@Nullable Object value) {
		return value instanceof CharSequence && NONE.contains(value.toString().strip());
	}

	static Literal text(String value) {
		return primitive(Primitive.newBuilder().setStringValue(value));
	}

	private static Literal primitive(Primitive.Builder value) {
		return scalar(Scalar.newBuilder().setPrimitive(value));
	}

	static Literal scalar(Scalar.Builder scalar) {
		return LiteralWriter.checked(Literal.newBuilder().setScalar(scalar).build());
	}

	// Writes a Struct, since all versions of flytekit read it; only newer ones read
	// MessagePack.
	private static Literal struct(Object value, LiteralType type, boolean strict) {
		if (value instanceof FlyteBinary binary && !strict) {
			return scalar(Scalar.newBuilder().setBinary(BinaryWriter.binary(binary, type, false)));
		}
		if (JavaTypes.of(value).getSimple() != SimpleType.STRUCT && !(value instanceof CharSequence)) {
			throw LiteralWriter.mismatch(type, value, "a map, record or bean is wanted");
		}
		try {
			Object object = (!strict && value instanceof CharSequence text) ? JavaObjects.parseJson(text.toString())
					: value;
			Struct struct = StructWriter.struct(object);
			Map<String, LiteralType> fields = type.getStructure().getDataclassTypeMap();
			if (strict && !fields.isEmpty() && !fields.keySet().containsAll(struct.getFieldsMap().keySet())) {
				throw LiteralWriter.mismatch(type, value, "its fields are " + fields.keySet());
			}
			return Literal.newBuilder().setScalar(Scalar.newBuilder().setGeneric(struct)).build();
		}
		catch (InvalidValueException ex) {
			throw ex;
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidValueException(
					LiteralWriter.mismatch(type, value, String.valueOf(ex.getMessage())).getReason(), ex);
		}
	}

}
