package io.flyteconnect.internal.literal;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.springframework.util.ClassUtils;
import org.springframework.util.NumberUtils;

import io.flyteconnect.internal.literal.struct.ExactDouble;
import io.flyteconnect.internal.literal.struct.JavaObjects;

/**
 * Converts values to the Java types that a caller requests.
 */
public final class JavaReader {

	/** Times without a zone are in UTC, as they are written. */
	private static final Map<Class<?>, Function<Instant, Object>> TIMES = Map.of(OffsetDateTime.class,
			(time) -> time.atOffset(ZoneOffset.UTC), ZonedDateTime.class, (time) -> time.atZone(ZoneOffset.UTC),
			LocalDateTime.class, (time) -> LocalDateTime.ofInstant(time, ZoneOffset.UTC), LocalDate.class,
			(time) -> LocalDate.ofInstant(time, ZoneOffset.UTC), Date.class, Date::from);

	private JavaReader() {
	}

	@SuppressWarnings("unchecked")
	public static <T> T read(Object value, Class<T> wanted) {
		Class<T> type = (Class<T>) ClassUtils.resolvePrimitiveIfNecessary(wanted);
		if (type.isInstance(value)) {
			return type.cast(value);
		}
		if (value instanceof Number number && Number.class.isAssignableFrom(type)) {
			return (T) number(number, (Class<? extends Number>) type);
		}
		if (value instanceof Instant time && TIMES.containsKey(type)) {
			return type.cast(time(time, TIMES.get(type)));
		}
		return (value instanceof String name && type.isEnum()) ? constant(name, type)
				: JavaObjects.fromPlain(value, type);
	}

	private static <T> T constant(String name, Class<T> type) {
		return Arrays.stream(type.getEnumConstants())
			.filter((constant) -> ((Enum<?>) constant).name().equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("use one of " + names(type)));
	}

	// Uses the name, since toString() of an enum may return anything.
	private static List<String> names(Class<?> type) {
		return Arrays.stream(type.getEnumConstants()).map((constant) -> ((Enum<?>) constant).name()).toList();
	}

	private static Object time(Instant time, Function<Instant, Object> conversion) {
		try {
			return conversion.apply(time);
		}
		catch (DateTimeException | ArithmeticException ex) {
			throw new IllegalArgumentException("it is beyond the times that it holds", ex);
		}
	}

	private static Number number(Number number, Class<? extends Number> type) {
		if (type == Double.class || type == Float.class) {
			return decimal(number, type);
		}
		BigDecimal exact = new BigDecimal(number.toString());
		if (type == BigDecimal.class) {
			return exact;
		}
		try {
			BigInteger whole = exact.toBigIntegerExact();
			return NumberUtils.convertNumberToTargetClass(whole, type);
		}
		catch (ArithmeticException ex) {
			throw new IllegalArgumentException("it has a fraction", ex);
		}
	}

	// A number with a fraction may be rounded, an integer must be exact.
	private static Number decimal(Number number, Class<? extends Number> type) {
		boolean narrow = type == Float.class;
		Number result = narrow ? (Number) number.floatValue() : (Number) number.doubleValue();
		boolean fraction = number instanceof Double || number instanceof Float;
		boolean infinite = Double.isInfinite(result.doubleValue()) && !Double.isInfinite(number.doubleValue());
		if (infinite || (!fraction && !ExactDouble.isSame(number, result.doubleValue()))) {
			throw new IllegalArgumentException("it would lose digits");
		}
		return result;
	}

}
