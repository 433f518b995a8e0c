package io.flyteconnect.internal.identity;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import org.jspecify.annotations.Nullable;

/**
 * Converts claims in a protobuf struct to maps, lists and values.
 */
public final class Claims {

	private Claims() {
	}

	public static Map<String, @Nullable Object> of(Struct struct) {
		Map<String, @Nullable Object> claims = new LinkedHashMap<>();
		struct.getFieldsMap().forEach((name, value) -> claims.put(name, plain(value)));
		return Collections.unmodifiableMap(claims);
	}

	private static @Nullable Object plain(Value value) {
		return switch (value.getKindCase()) {
			case STRING_VALUE -> value.getStringValue();
			case NUMBER_VALUE -> value.getNumberValue();
			case BOOL_VALUE -> value.getBoolValue();
			case STRUCT_VALUE -> of(value.getStructValue());
			case LIST_VALUE -> list(value.getListValue().getValuesList());
			case NULL_VALUE, KIND_NOT_SET -> null;
		};
	}

	// List.copyOf does not accept null values.
	private static List<@Nullable Object> list(List<Value> values) {
		List<@Nullable Object> list = new ArrayList<>();
		values.forEach((value) -> list.add(plain(value)));
		return Collections.unmodifiableList(list);
	}

}
