package io.flyteconnect.literal;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.util.Assert;

/**
 * A data frame or a table of a warehouse (flytekit's {@code StructuredDataset}).
 *
 * @param uri where it is, {@code s3://bucket/key} or {@code bq://project:dataset.table}
 * for example
 * @param format its format, {@code parquet} for example, empty where the input is to say
 * it
 * @param columns the types of its columns in their order; empty where the input is to say
 * them
 * @since 0.1.0
 */
public record StructuredDataset(String uri, String format, Map<String, String> columns) {

	/**
	 * Create a dataset.
	 * @throws IllegalArgumentException if there is no URI
	 */
	public StructuredDataset {
		Assert.hasText(uri, "'uri' must be set");
		columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
	}

	/**
	 * Create a dataset of a format.
	 * @param uri where it is
	 * @param format its format
	 */
	public StructuredDataset(String uri, String format) {
		this(uri, format, Map.of());
	}

	/**
	 * Create a dataset with the format of the declared input.
	 * @param uri where it is
	 */
	public StructuredDataset(String uri) {
		this(uri, "");
	}

}
