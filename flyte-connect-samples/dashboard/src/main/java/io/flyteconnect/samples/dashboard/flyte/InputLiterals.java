package io.flyteconnect.samples.dashboard.flyte;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;

import com.google.protobuf.Timestamp;
import flyteidl.core.Interface.Parameter;
import flyteidl.core.Interface.ParameterMap;
import flyteidl.core.Literals.Literal;
import flyteidl.core.Literals.LiteralMap;
import flyteidl.core.Literals.Primitive;
import flyteidl.core.Literals.Scalar;
import flyteidl.core.Types.LiteralType;
import flyteidl.core.Types.SimpleType;

/**
 * Turns values as JSON has them into Flyte's literals, guided by the types that the
 * launch plan expects.
 */
final class InputLiterals {

	private InputLiterals() {
	}

	static LiteralMap of(Map<String, Object> values, ParameterMap expected) {
		LiteralMap.Builder literals = LiteralMap.newBuilder();
		values.forEach((name, value) -> {
			Parameter parameter = expected.getParametersMap().get(name);
			if (parameter == null) {
				throw new InvalidInputException("The launch plan has no input '" + name + "'; it has "
						+ expected.getParametersMap().keySet().stream().sorted().toList(), null);
			}
			literals.putLiterals(name, literal(name, value, parameter.getVar().getType()));
		});
		return literals.build();
	}

	private static Literal literal(String name, Object value, LiteralType type) {
		if (!type.hasSimple()) {
			throw new InvalidInputException("The input '" + name + "' is of a type that the dashboard cannot fill in",
					null);
		}
		try {
			return Literal.newBuilder()
				.setScalar(Scalar.newBuilder().setPrimitive(primitive(value.toString(), type.getSimple())))
				.build();
		}
		catch (IllegalArgumentException | DateTimeParseException ex) {
			throw new InvalidInputException(
					"The input '" + name + "' is no " + type.getSimple() + ": " + ex.getMessage(), ex);
		}
	}

	private static Primitive primitive(String value, SimpleType type) {
		Primitive.Builder primitive = Primitive.newBuilder();
		return switch (type) {
			case STRING -> primitive.setStringValue(value).build();
			case INTEGER -> primitive.setInteger(Long.parseLong(value)).build();
			case FLOAT -> primitive.setFloatValue(Double.parseDouble(value)).build();
			case BOOLEAN -> primitive.setBoolean(bool(value)).build();
			case DATETIME -> primitive.setDatetime(timestamp(Instant.parse(value))).build();
			case DURATION -> primitive.setDuration(duration(Duration.parse(value))).build();
			default -> throw new IllegalArgumentException("the dashboard cannot fill it in");
		};
	}

	private static boolean bool(String value) {
		return switch (value) {
			case "true" -> true;
			case "false" -> false;
			default -> throw new IllegalArgumentException("use true or false");
		};
	}

	private static Timestamp timestamp(Instant instant) {
		return Timestamp.newBuilder().setSeconds(instant.getEpochSecond()).setNanos(instant.getNano()).build();
	}

	private static com.google.protobuf.Duration duration(Duration duration) {
		return com.google.protobuf.Duration.newBuilder()
			.setSeconds(duration.getSeconds())
			.setNanos(duration.getNano())
			.build();
	}

}
