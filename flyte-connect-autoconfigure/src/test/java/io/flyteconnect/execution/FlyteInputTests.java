package io.flyteconnect.execution;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import com.google.protobuf.Timestamp;
import flyteidl.core.Literals.Literal;
import flyteidl.core.Literals.Primitive;
import flyteidl.core.Literals.Scalar;
import flyteidl.core.Types.BlobType;
import flyteidl.core.Types.BlobType.BlobDimensionality;
import flyteidl.core.Types.LiteralType;
import flyteidl.core.Types.SchemaType;
import flyteidl.core.Types.SimpleType;
import flyteidl.core.Types.StructuredDatasetType;
import org.junit.jupiter.api.Test;

import io.flyteconnect.literal.FlyteBinary;
import io.flyteconnect.literal.FlyteLiterals;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FlyteInput}.
 */
class FlyteInputTests {

	private static final LiteralType STRUCT = LiteralType.newBuilder().setSimple(SimpleType.STRUCT).build();

	@Test
	void whenTheDefaultIsAStructThenItIsShownAsTheJsonThatALaunchTakes() {
		assertThat(line(Map.of("a", 1))).isEqualTo("config: struct = {\"a\": 1}");
		assertThat(line(Map.of("a", List.of("x", true, 1.5))))
			.isEqualTo("config: struct = {\"a\": [\"x\", true, 1.5]}");
		assertThat(line(Map.of("a", Arrays.asList("tab\t", null))))
			.isEqualTo("config: struct = {\"a\": [\"tab\\t\", null]}");
		assertThat(line(Map.of("a", Map.of("b", "\"\\\n"))))
			.isEqualTo("config: struct = {\"a\": {\"b\": \"\\\"\\\\\\n\"}}");
		assertThat(line(Map.of())).isEqualTo("config: struct = {}");
	}

	@Test
	void whenTheDefaultIsNoJsonThenItIsShownAsALaunchTakesIt() {
		LiteralType file = blob(BlobDimensionality.SINGLE);
		LiteralType directory = blob(BlobDimensionality.MULTIPART);
		LiteralType dataset = LiteralType.newBuilder()
			.setStructuredDatasetType(StructuredDatasetType.getDefaultInstance())
			.build();
		LiteralType schema = LiteralType.newBuilder().setSchema(SchemaType.getDefaultInstance()).build();
		LiteralType binary = LiteralType.newBuilder().setSimple(SimpleType.BINARY).build();
		LiteralType error = LiteralType.newBuilder().setSimple(SimpleType.ERROR).build();
		assertTakenAgain("s3://b/f", file, "s3://b/f");
		assertTakenAgain("s3://b/d", directory, "s3://b/d");
		assertTakenAgain("s3://b/t", dataset, "s3://b/t");
		assertTakenAgain("s3://b/s", schema, "s3://b/s");
		assertTakenAgain(new FlyteBinary("AB".getBytes(), "own"), binary, "QUI=");
		assertTakenAgain("no rows", error, "no rows");
		assertTakenAgain(List.of("s3://b/1", "s3://b/2"), LiteralType.newBuilder().setCollectionType(file).build(),
				"[\"s3://b/1\", \"s3://b/2\"]");
		assertTakenAgain(Map.of("a", "s3://b/1"), LiteralType.newBuilder().setMapValueType(schema).build(),
				"{\"a\": \"s3://b/1\"}");
	}

	private static void assertTakenAgain(Object value, LiteralType type, String shown) {
		Literal literal = FlyteLiterals.toLiteral(value, type);
		assertThat(new FlyteInput("x", type, "", false, false, literal).toString()).endsWith(" = " + shown);
		if (type.getSimple() != SimpleType.BINARY) {
			assertThat(FlyteLiterals.toLiteral(shown, type)).isEqualTo(literal);
		}
	}

	private static LiteralType blob(BlobDimensionality dimensionality) {
		return LiteralType.newBuilder().setBlob(BlobType.newBuilder().setDimensionality(dimensionality)).build();
	}

	@Test
	void whenTheDefaultCannotBeReadThenTheLineSaysSo() {
		LiteralType type = LiteralType.newBuilder().setSimple(SimpleType.DATETIME).build();
		Literal last = Literal.newBuilder()
			.setScalar(Scalar.newBuilder()
				.setPrimitive(Primitive.newBuilder().setDatetime(Timestamp.newBuilder().setSeconds(Long.MAX_VALUE))))
			.build();
		assertThat(new FlyteInput("day", type, "", false, false, last)).asString()
			.startsWith("day: datetime = (cannot be read: the datetime 9223372036854775807 s after 1970");
	}

	private static String line(Map<String, ?> value) {
		return new FlyteInput("config", STRUCT, "", false, false, FlyteLiterals.toLiteral(value, STRUCT)).toString();
	}

}
