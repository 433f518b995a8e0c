package io.flyteconnect.internal.literal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import flyteidl.core.Types.LiteralType;
import flyteidl.core.Types.SchemaType;
import flyteidl.core.Types.SchemaType.SchemaColumn;
import flyteidl.core.Types.SchemaType.SchemaColumn.SchemaColumnType;
import flyteidl.core.Types.SimpleType;
import flyteidl.core.Types.StructuredDatasetType.DatasetColumn;

import io.flyteconnect.literal.InvalidValueException;

/**
 * Converts columns of schemas and datasets to the names of their types, and back.
 */
final class Columns {

	private Columns() {
	}

	static SchemaType schema(Map<String, String> columns, LiteralType type) {
		SchemaType.Builder schema = SchemaType.newBuilder();
		columns.forEach((name,
				columnType) -> schema.addColumns(SchemaColumn.newBuilder()
					.setName(name)
					.setType(named(SchemaColumnType.class, name, columnType, type))));
		return schema.build();
	}

	static List<DatasetColumn> dataset(Map<String, String> columns, LiteralType type) {
		return columns.entrySet()
			.stream()
			.map((column) -> DatasetColumn.newBuilder()
				.setName(column.getKey())
				.setLiteralType(LiteralType.newBuilder()
					.setSimple(named(SimpleType.class, column.getKey(), column.getValue(), type)))
				.build())
			.toList();
	}

	private static <E extends Enum<E>> E named(Class<E> types, String column, String name, LiteralType type) {
		try {
			return Enum.valueOf(types, name.toUpperCase(Locale.ROOT));
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidValueException("must be of type " + TypeNames.of(type) + ": its column "
					+ ValueText.cut(column) + " is of no type that is known, " + ValueText.cut(name), ex);
		}
	}

	static Map<String, String> of(SchemaType schema) {
		Map<String, String> columns = new LinkedHashMap<>();
		schema.getColumnsList()
			.forEach((column) -> columns.put(column.getName(), column.getType().name().toLowerCase(Locale.ROOT)));
		return columns;
	}

	static Map<String, String> of(List<DatasetColumn> datasetColumns) {
		Map<String, String> columns = new LinkedHashMap<>();
		datasetColumns.forEach((column) -> columns.put(column.getName(), TypeNames.of(column.getLiteralType())));
		return columns;
	}

}
