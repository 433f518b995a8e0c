package io.flyteconnect.internal.literal;

import java.math.BigInteger;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.temporal.Temporal;
import java.util.Calendar;
import java.util.Collection;
import java.util.Date;
import java.util.Iterator;

import com.google.protobuf.ByteString;
import flyteidl.core.Literals.Literal;
import flyteidl.core.Types.BlobType;
import flyteidl.core.Types.BlobType.BlobDimensionality;
import flyteidl.core.Types.LiteralType;
import flyteidl.core.Types.SchemaType;
import flyteidl.core.Types.SimpleType;
import flyteidl.core.Types.StructuredDatasetType;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.literal.struct.JavaObjects;
import io.flyteconnect.literal.FlyteBinary;
import io.flyteconnect.literal.FlyteDirectory;
import io.flyteconnect.literal.FlyteError;
import io.flyteconnect.literal.FlyteFile;
import io.flyteconnect.literal.FlyteSchema;
import io.flyteconnect.literal.StructuredDataset;

/**
 * Determines Flyte's type for a Java value if no type is declared.
 */
public final class JavaTypes {

	private JavaTypes() {
	}

	public static LiteralType of(@Nullable Object given) {
		Object value = JavaObjects.unwrap(given);
		LiteralType.Builder type = LiteralType.newBuilder();
		if (value instanceof FlyteFile file) {
			return type.setBlob(BlobType.newBuilder().setFormat(file.format())).build();
		}
		if (value instanceof FlyteDirectory files) {
			return type
				.setBlob(
						BlobType.newBuilder().setFormat(files.format()).setDimensionality(BlobDimensionality.MULTIPART))
				.build();
		}
		if (value instanceof FlyteSchema) {
			return type.setSchema(SchemaType.getDefaultInstance()).build();
		}
		if (value instanceof StructuredDataset) {
			return type.setStructuredDatasetType(StructuredDatasetType.getDefaultInstance()).build();
		}
		if (value instanceof Collection<?> elements) {
			Iterator<?> all = elements.iterator();
			return type.setCollectionType(of(all.hasNext() ? all.next() : null)).build();
		}
		return type.setSimple(simple(value)).build();
	}

	private static SimpleType simple(@Nullable Object value) {
		if (value == null || value instanceof Literal) {
			return SimpleType.NONE;
		}
		if (value instanceof CharSequence || value instanceof Character || value instanceof Enum || value instanceof URI
				|| value instanceof java.util.UUID) {
			return SimpleType.STRING;
		}
		if (value instanceof Boolean) {
			return SimpleType.BOOLEAN;
		}
		if (value instanceof Number) {
			boolean whole = value instanceof Integer || value instanceof Long || value instanceof Short
					|| value instanceof Byte || value instanceof BigInteger;
			return whole ? SimpleType.INTEGER : SimpleType.FLOAT;
		}
		if (value instanceof Temporal || value instanceof Date || value instanceof Calendar) {
			return SimpleType.DATETIME;
		}
		if (value instanceof Duration) {
			return SimpleType.DURATION;
		}
		if (value instanceof byte[] || value instanceof ByteBuffer || value instanceof ByteString
				|| value instanceof FlyteBinary) {
			return SimpleType.BINARY;
		}
		return (value instanceof FlyteError) ? SimpleType.ERROR : SimpleType.STRUCT;
	}

}
