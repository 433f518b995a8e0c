package io.flyteconnect.internal.literal;

import java.util.Locale;
import java.util.stream.Collectors;

import flyteidl.core.Types.BlobType;
import flyteidl.core.Types.LiteralType;
import flyteidl.core.Types.SimpleType;

/**
 * Returns the names of Flyte's types for errors and lists.
 */
public final class TypeNames {

	private TypeNames() {
	}

	public static String of(LiteralType type) {
		return switch (type.getTypeCase()) {
			case SIMPLE -> simple(type.getSimple());
			case COLLECTION_TYPE -> "list of " + of(type.getCollectionType());
			case MAP_VALUE_TYPE -> "map of " + of(type.getMapValueType());
			case BLOB -> blob(type.getBlob());
			case SCHEMA -> "schema";
			case STRUCTURED_DATASET_TYPE -> "structured dataset" + format(type.getStructuredDatasetType().getFormat());
			case ENUM_TYPE -> "enum " + type.getEnumType().getValuesList();
			case UNION_TYPE ->
				type.getUnionType().getVariantsList().stream().map(TypeNames::of).collect(Collectors.joining(" or "));
			case TYPE_NOT_SET -> "unknown type";
		};
	}

	private static String simple(SimpleType type) {
		return (type != SimpleType.UNRECOGNIZED) ? type.name().toLowerCase(Locale.ROOT) : "unknown type";
	}

	private static String blob(BlobType type) {
		boolean directory = type.getDimensionality() == BlobType.BlobDimensionality.MULTIPART;
		return (directory ? "directory" : "file") + format(type.getFormat());
	}

	private static String format(String format) {
		return format.isEmpty() ? "" : " (" + format + ")";
	}

}
