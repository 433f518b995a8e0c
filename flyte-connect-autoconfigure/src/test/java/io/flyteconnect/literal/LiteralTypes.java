package io.flyteconnect.literal;

import java.util.List;

import flyteidl.core.Types.BlobType;
import flyteidl.core.Types.BlobType.BlobDimensionality;
import flyteidl.core.Types.EnumType;
import flyteidl.core.Types.LiteralType;
import flyteidl.core.Types.SimpleType;
import flyteidl.core.Types.UnionType;

/**
 * Types of Flyte, short to write.
 */
final class LiteralTypes {

	private LiteralTypes() {
	}

	static LiteralType of(SimpleType type) {
		return LiteralType.newBuilder().setSimple(type).build();
	}

	static LiteralType listOf(LiteralType type) {
		return LiteralType.newBuilder().setCollectionType(type).build();
	}

	static LiteralType mapOf(LiteralType type) {
		return LiteralType.newBuilder().setMapValueType(type).build();
	}

	static LiteralType unionOf(LiteralType... variants) {
		return LiteralType.newBuilder().setUnionType(UnionType.newBuilder().addAllVariants(List.of(variants))).build();
	}

	static LiteralType enumOf(String... values) {
		return LiteralType.newBuilder().setEnumType(EnumType.newBuilder().addAllValues(List.of(values))).build();
	}

	static LiteralType file(String format) {
		return LiteralType.newBuilder().setBlob(BlobType.newBuilder().setFormat(format)).build();
	}

	static LiteralType directory(String format) {
		return LiteralType.newBuilder()
			.setBlob(BlobType.newBuilder().setFormat(format).setDimensionality(BlobDimensionality.MULTIPART))
			.build();
	}

}
