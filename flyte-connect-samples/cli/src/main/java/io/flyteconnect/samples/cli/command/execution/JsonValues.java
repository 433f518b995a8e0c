package io.flyteconnect.samples.cli.command.execution;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.literal.FlyteBinary;
import io.flyteconnect.literal.FlyteDirectory;
import io.flyteconnect.literal.FlyteFile;

/**
 * Values of Flyte as JSON has them, in the form in which {@code launch} takes them again.
 */
final class JsonValues {

	private static final Log logger = LogFactory.getLog(JsonValues.class);

	private JsonValues() {
	}

	static @Nullable Object of(@Nullable Object value) {
		if (value instanceof Map<?, ?> map) {
			Map<String, @Nullable Object> object = new LinkedHashMap<>();
			map.entrySet().forEach((entry) -> object.put(String.valueOf(entry.getKey()), of(element(entry))));
			return object;
		}
		if (value instanceof List<?> list) {
			List<@Nullable Object> array = new ArrayList<>();
			list.forEach((element) -> array.add(of(element)));
			return array;
		}
		if (value instanceof byte[] bytes) {
			return Base64.getEncoder().encodeToString(bytes);
		}
		if (value instanceof FlyteBinary binary) {
			return Base64.getEncoder().encodeToString(binary.value());
		}
		if (value instanceof FlyteFile file) {
			return file.uri();
		}
		return (value instanceof FlyteDirectory directory) ? directory.uri() : plain(value);
	}

	// One that cannot be read does not take the others with it.
	private static @Nullable Object element(Map.Entry<?, ?> entry) {
		try {
			return entry.getValue();
		}
		catch (IllegalArgumentException ex) {
			logger.warn(ex.getMessage());
			return null;
		}
	}

	private static @Nullable Object plain(@Nullable Object value) {
		boolean known = value == null || value instanceof Number || value instanceof Boolean || value instanceof Record;
		// NaN and the infinities are no numbers of JSON.
		boolean number = !(value instanceof Double decimal) || Double.isFinite(decimal);
		return (known && number) ? value : String.valueOf(value);
	}

}
