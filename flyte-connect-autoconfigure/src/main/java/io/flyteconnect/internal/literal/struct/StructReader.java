package io.flyteconnect.internal.literal.struct;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@code google.protobuf.Struct}. A number without a fraction becomes a
 * {@code Long}, as protobuf's JSON format does in Python, any other one a {@code Double}.
 *
 * @since 0.1.0
 */
public final class StructReader {

	private static final double LARGEST_EXACT = 1L << 53;

	private StructReader() {
	}

	/**
	 * Read an object.
	 * @param struct the object
	 * @return maps, lists, {@code String}, {@code Long}, {@code Double}, {@code Boolean}
	 * and {@code null}, unmodifiable
	 */
	public static Map<String, @Nullable Object> read(Struct struct) {
		Map<String, @Nullable Object> map = new LinkedHashMap<>();
		struct.getFieldsMap().forEach((name, value) -> map.put(name, value(value)));
		return Collections.unmodifiableMap(map);
	}

	private static @Nullable Object value(Value value) {
		return switch (value.getKindCase()) {
			case BOOL_VALUE -> value.getBoolValue();
			case NUMBER_VALUE -> number(value.getNumberValue());
			case STRING_VALUE -> value.getStringValue();
			case STRUCT_VALUE -> read(value.getStructValue());
			case LIST_VALUE -> list(value.getListValue().getValuesList());
			case NULL_VALUE, KIND_NOT_SET -> null;
		};
	}

	private static Number number(double number) {
		boolean whole = number == Math.rint(number) && Math.abs(number) <= LARGEST_EXACT;
		return whole ? (Number) (long) number : (Number) number;
	}

	private static List<@Nullable Object> list(List<Value> values) {
		List<@Nullable Object> list = new ArrayList<>();
		values.forEach((value) -> list.add(value(value)));
		return Collections.unmodifiableList(list);
	}

}
