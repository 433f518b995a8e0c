package io.flyteconnect.literal;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.util.Assert;

/**
 * A table in Parquet (flytekit's {@code FlyteSchema}, the predecessor of
 * {@link StructuredDataset}).
 *
 * @param uri where it is
 * @param columns the types of its columns in their order, {@code integer} for example;
 * empty where the input is to say them
 * @since 0.1.0
 */
public record FlyteSchema(String uri, Map<String, String> columns) {

	/**
	 * Create a schema.
	 * @throws IllegalArgumentException if there is no URI
	 */
	public FlyteSchema {
		Assert.hasText(uri, "'uri' must be set");
		columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
	}

	/**
	 * Create a schema with the columns of the declared input.
	 * @param uri where it is
	 */
	public FlyteSchema(String uri) {
		this(uri, Map.of());
	}

}
