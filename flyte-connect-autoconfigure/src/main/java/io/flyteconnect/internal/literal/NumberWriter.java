package io.flyteconnect.internal.literal;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

import flyteidl.core.Types.LiteralType;

import io.flyteconnect.internal.literal.struct.ExactDouble;
import io.flyteconnect.literal.InvalidValueException;

/**
 * Writes integers and floats. A number without a fraction is an integer whatever its Java
 * type, as in flytectl; numbers are never rounded to integers.
 */
final class NumberWriter {

	private static final int LONGEST = 1000;

	private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]+");

	private static final Pattern DECIMAL = Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");

	private NumberWriter() {
	}

	static long integer(Object value, LiteralType type, boolean strict) {
		if (strict && !isInteger(value)) {
			throw LiteralWriter.mismatch(type, value, "");
		}
		try {
			if (value instanceof Double || value instanceof Float) {
				return new BigDecimal(((Number) value).doubleValue()).longValueExact();
			}
			if (value instanceof Number) {
				return new BigDecimal(value.toString()).longValueExact();
			}
			String text = (value instanceof CharSequence) ? value.toString().strip() : "";
			if (text.length() < LONGEST && INTEGER.matcher(text).matches()) {
				return new BigInteger(text).longValueExact();
			}
		}
		catch (ArithmeticException | NumberFormatException ex) {
			throw new InvalidValueException(LiteralWriter
				.mismatch(type, value, "a whole number from " + Long.MIN_VALUE + " to " + Long.MAX_VALUE)
				.getReason(), ex);
		}
		throw LiteralWriter.mismatch(type, value, "");
	}

	private static boolean isInteger(Object value) {
		return value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte
				|| value instanceof BigInteger || value instanceof AtomicInteger || value instanceof AtomicLong;
	}

	static double decimal(Object value, LiteralType type, boolean strict) {
		boolean natural = value instanceof Double || value instanceof Float;
		if (strict && !natural && !(value instanceof BigDecimal)) {
			throw LiteralWriter.mismatch(type, value, "");
		}
		if (natural) {
			return ((Number) value).doubleValue();
		}
		return (value instanceof Number number) ? decimal(number, value, type) : parse(value, type);
	}

	private static double decimal(Number number, Object value, LiteralType type) {
		double result = number.doubleValue();
		if (Double.isInfinite(result)) {
			throw LiteralWriter.mismatch(type, value, "it is beyond the largest double");
		}
		if (!ExactDouble.canStore(number)) {
			throw LiteralWriter.mismatch(type, value, "a double would lose digits of it");
		}
		return result;
	}

	private static double parse(Object value, LiteralType type) {
		String text = (value instanceof CharSequence) ? value.toString().strip() : "";
		if (text.length() < LONGEST && INTEGER.matcher(text).matches()) {
			return decimal(new BigInteger(text), value, type);
		}
		if (text.length() < LONGEST && DECIMAL.matcher(text).matches()) {
			return decimal(exact(text, value, type), value, type);
		}
		if (isInfinity(text)) {
			return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
		}
		if (text.equalsIgnoreCase("nan")) {
			return Double.NaN;
		}
		throw LiteralWriter.mismatch(type, value, "");
	}

	private static BigDecimal exact(String text, Object value, LiteralType type) {
		try {
			return new BigDecimal(text);
		}
		catch (NumberFormatException ex) {
			throw new InvalidValueException(
					LiteralWriter.mismatch(type, value, "its exponent is beyond those of a double").getReason(), ex);
		}
	}

	private static boolean isInfinity(CharSequence text) {
		return text.toString().strip().toLowerCase(Locale.ROOT).matches("[+-]?inf(inity)?");
	}

}
