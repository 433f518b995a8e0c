package io.flyteconnect.internal.literal;

import java.net.URI;

import flyteidl.core.Literals.Blob;
import flyteidl.core.Literals.BlobMetadata;
import flyteidl.core.Literals.Literal;
import flyteidl.core.Literals.Scalar;
import flyteidl.core.Literals.Schema;
import flyteidl.core.Literals.StructuredDatasetMetadata;
import flyteidl.core.Types.BlobType;
import flyteidl.core.Types.BlobType.BlobDimensionality;
import flyteidl.core.Types.LiteralType;
import flyteidl.core.Types.StructuredDatasetType;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

import io.flyteconnect.literal.FlyteDirectory;
import io.flyteconnect.literal.FlyteFile;
import io.flyteconnect.literal.FlyteSchema;
import io.flyteconnect.literal.StructuredDataset;

/**
 * Writes references to external data: files, directories, schemas and datasets, with the
 * format and the columns of the declared input.
 */
final class ReferenceWriter {

	private ReferenceWriter() {
	}

	static Literal write(@Nullable Object value, LiteralType type, boolean strict) {
		return switch (type.getTypeCase()) {
			case BLOB -> SimpleWriter.scalar(Scalar.newBuilder().setBlob(blob(value, type, strict)));
			case SCHEMA -> SimpleWriter.scalar(Scalar.newBuilder().setSchema(schema(value, type, strict)));
			default -> SimpleWriter.scalar(Scalar.newBuilder().setStructuredDataset(dataset(value, type, strict)));
		};
	}

	private static Blob blob(@Nullable Object value, LiteralType type, boolean strict) {
		BlobType blob = type.getBlob();
		boolean directory = blob.getDimensionality() == BlobDimensionality.MULTIPART;
		String uri;
		if (!directory && value instanceof FlyteFile file) {
			checkFormat(file.format(), blob.getFormat(), value, type);
			uri = file.uri();
		}
		else if (directory && value instanceof FlyteDirectory files) {
			checkFormat(files.format(), blob.getFormat(), value, type);
			uri = files.uri();
		}
		else {
			uri = uri(value, type, strict);
		}
		return Blob.newBuilder().setMetadata(BlobMetadata.newBuilder().setType(blob)).setUri(uri).build();
	}

	private static Schema schema(@Nullable Object value, LiteralType type, boolean strict) {
		String uri = (value instanceof FlyteSchema schema) ? schema.uri() : uri(value, type, strict);
		Schema.Builder literal = Schema.newBuilder().setUri(uri).setType(type.getSchema());
		if (value instanceof FlyteSchema schema && !schema.columns().isEmpty()) {
			literal.setType(Columns.schema(schema.columns(), type));
		}
		return literal.build();
	}

	private static flyteidl.core.Literals.StructuredDataset dataset(@Nullable Object value, LiteralType type,
			boolean strict) {
		StructuredDatasetType.Builder datasetType = type.getStructuredDatasetType().toBuilder();
		String uri = (value instanceof StructuredDataset dataset) ? dataset.uri() : uri(value, type, strict);
		if (value instanceof StructuredDataset dataset) {
			if (datasetType.getFormat().isEmpty()) {
				datasetType.setFormat(dataset.format());
			}
			checkFormat(dataset.format(), datasetType.getFormat(), value, type);
			if (!dataset.columns().isEmpty()) {
				datasetType.clearColumns().addAllColumns(Columns.dataset(dataset.columns(), type));
			}
		}
		return flyteidl.core.Literals.StructuredDataset.newBuilder()
			.setUri(uri)
			.setMetadata(StructuredDatasetMetadata.newBuilder().setStructuredDatasetType(datasetType))
			.build();
	}

	private static String uri(@Nullable Object value, LiteralType type, boolean strict) {
		if (value instanceof URI || (!strict && value instanceof CharSequence)) {
			String uri = value.toString().strip();
			if (StringUtils.hasText(uri)) {
				return uri;
			}
		}
		throw LiteralWriter.mismatch(type, value,
				"give the URI that Flyte's tasks read it from; what is on this machine has to be uploaded first");
	}

	private static void checkFormat(String format, String declared, Object value, LiteralType type) {
		if (!format.isEmpty() && !format.equalsIgnoreCase(declared)) {
			throw LiteralWriter.mismatch(type, value,
					"its format is " + ValueText.cut(format) + ", not " + (declared.isEmpty() ? "any" : declared));
		}
	}

}
