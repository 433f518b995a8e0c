package io.flyteconnect.internal.literal;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.google.protobuf.Timestamp;
import flyteidl.core.Literals.Binary;
import flyteidl.core.Literals.Blob;
import flyteidl.core.Literals.Literal;
import flyteidl.core.Literals.LiteralMap;
import flyteidl.core.Literals.Primitive;
import flyteidl.core.Literals.Scalar;
import flyteidl.core.Types.BlobType.BlobDimensionality;
import flyteidl.core.Types.StructuredDatasetType;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.literal.struct.MessagePackReader;
import io.flyteconnect.internal.literal.struct.StructReader;
import io.flyteconnect.literal.FlyteBinary;
import io.flyteconnect.literal.FlyteDirectory;
import io.flyteconnect.literal.FlyteError;
import io.flyteconnect.literal.FlyteFile;
import io.flyteconnect.literal.FlyteSchema;
import io.flyteconnect.literal.InvalidValueException;
import io.flyteconnect.literal.OffloadedValue;
import io.flyteconnect.literal.StructuredDataset;

/**
 * Reads literals as Java values.
 */
public final class LiteralReader {

	private static final String MESSAGE_PACK = "msgpack";

	private LiteralReader() {
	}

	/**
	 * Read a literal.
	 * @param literal the literal
	 * @return the value
	 * @throws InvalidValueException if Java does not hold it, or its bytes cannot be read
	 */
	public static @Nullable Object read(Literal literal) {
		return switch (literal.getValueCase()) {
			case SCALAR -> readScalar(literal.getScalar());
			case COLLECTION -> list(literal.getCollection().getLiteralsList());
			case MAP -> map(literal.getMap());
			case OFFLOADED_METADATA -> new OffloadedValue(literal.getOffloadedMetadata().getUri(),
					literal.getOffloadedMetadata().getSizeBytes());
			case VALUE_NOT_SET -> null;
		};
	}

	private static Map<String, @Nullable Object> map(LiteralMap literals) {
		Map<String, @Nullable Object> map = new LinkedHashMap<>();
		literals.getLiteralsMap().forEach((name, literal) -> map.put(name, read(literal, name)));
		return Collections.unmodifiableMap(map);
	}

	private static List<@Nullable Object> list(List<Literal> literals) {
		List<@Nullable Object> list = new ArrayList<>();
		literals.forEach((literal) -> list.add(read(literal, list.size())));
		return Collections.unmodifiableList(list);
	}

	private static @Nullable Object read(Literal literal, Object key) {
		try {
			return read(literal);
		}
		catch (InvalidValueException ex) {
			throw ex.within(key);
		}
	}

	private static @Nullable Object readScalar(Scalar scalar) {
		try {
			return scalar(scalar);
		}
		catch (InvalidValueException ex) {
			throw ex;
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidValueException("cannot be read: " + ex.getMessage(), ex);
		}
	}

	private static @Nullable Object scalar(Scalar scalar) {
		return switch (scalar.getValueCase()) {
			case PRIMITIVE -> primitive(scalar.getPrimitive());
			case BLOB -> blob(scalar.getBlob());
			case BINARY -> binary(scalar.getBinary());
			case SCHEMA -> new FlyteSchema(scalar.getSchema().getUri(), Columns.of(scalar.getSchema().getType()));
			case ERROR -> new FlyteError(scalar.getError().getFailedNodeId(), scalar.getError().getMessage());
			case GENERIC -> StructReader.read(scalar.getGeneric());
			case STRUCTURED_DATASET -> dataset(scalar.getStructuredDataset());
			case UNION -> read(scalar.getUnion().getValue());
			case NONE_TYPE, VALUE_NOT_SET -> null;
		};
	}

	private static @Nullable Object primitive(Primitive value) {
		return switch (value.getValueCase()) {
			case INTEGER -> value.getInteger();
			case FLOAT_VALUE -> value.getFloatValue();
			case STRING_VALUE -> value.getStringValue();
			case BOOLEAN -> value.getBoolean();
			case DATETIME -> datetime(value.getDatetime());
			case DURATION -> duration(value.getDuration());
			case VALUE_NOT_SET -> null;
		};
	}

	private static Instant datetime(Timestamp time) {
		try {
			return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
		}
		catch (DateTimeException | ArithmeticException ex) {
			throw new IllegalArgumentException(
					"the datetime " + time.getSeconds() + " s after 1970 is beyond those that Java holds", ex);
		}
	}

	private static Duration duration(com.google.protobuf.Duration duration) {
		try {
			return Duration.ofSeconds(duration.getSeconds(), duration.getNanos());
		}
		catch (ArithmeticException ex) {
			throw new IllegalArgumentException("the duration of " + duration.getSeconds() + " s and "
					+ duration.getNanos() + " ns is beyond those that Java holds", ex);
		}
	}

	private static Object blob(Blob blob) {
		String format = blob.getMetadata().getType().getFormat();
		return (blob.getMetadata().getType().getDimensionality() == BlobDimensionality.MULTIPART)
				? new FlyteDirectory(blob.getUri(), format) : new FlyteFile(blob.getUri(), format);
	}

	private static @Nullable Object binary(Binary binary) {
		byte[] bytes = binary.getValue().toByteArray();
		if (binary.getTag().equals(MESSAGE_PACK)) {
			return new MessagePackReader(bytes).read();
		}
		return binary.getTag().isEmpty() ? bytes : new FlyteBinary(bytes, binary.getTag());
	}

	private static StructuredDataset dataset(flyteidl.core.Literals.StructuredDataset dataset) {
		StructuredDatasetType type = dataset.getMetadata().getStructuredDatasetType();
		return new StructuredDataset(dataset.getUri(), type.getFormat(), Columns.of(type.getColumnsList()));
	}

}
