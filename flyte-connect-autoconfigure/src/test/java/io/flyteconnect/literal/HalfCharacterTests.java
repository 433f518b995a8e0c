package io.flyteconnect.literal;

import java.net.URI;
import java.util.List;
import java.util.Map;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import flyteidl.core.Literals.Literal;
import flyteidl.core.Literals.Primitive;
import flyteidl.core.Literals.Scalar;
import flyteidl.core.Types.LiteralType;
import flyteidl.core.Types.SchemaType;
import flyteidl.core.Types.SimpleType;
import flyteidl.core.Types.StructuredDatasetType;
import flyteidl.core.Types.TypeStructure;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * An unpaired surrogate, which protobuf sends as a question mark without a word.
 */
class HalfCharacterTests {

	private static final String HALF = "half \ud83d";

	private static final LiteralType STRING = LiteralTypes.of(SimpleType.STRING);

	private static final LiteralType STRUCT = LiteralTypes.of(SimpleType.STRUCT);

	@Test
	void whenAStructHoldsItThenItsPlaceIsNamed() {
		assertRefused(Map.of("a", Map.of("b", HALF)), STRUCT, "the text at a.b holds half a character");
		assertRefused(Map.of("list", List.of("whole \ud83d\ude00", '\ude00')), STRUCT,
				"the text at list[1] holds half");
		assertRefused(Map.of("a", Map.of(HALF, 1)), STRUCT, "the key a." + HALF + " holds half a character");
		assertRefused("{\"a\": [{\"b\": \"\\ude00\"}]}", STRUCT, "the text at a[0].b holds half a character");
		assertRefused(Map.of("bean", new Bean(HALF)), STRUCT, "the text at bean.name holds half a character");
		assertRefused(new Bean[] { new Bean(HALF) }, LiteralTypes.listOf(STRUCT),
				"The value's element [0] must be of type struct", "the text at name holds half a character");
		assertRefused(Struct.newBuilder().putFields("a", Value.newBuilder().setStringValue(HALF).build()).build(),
				STRUCT, "it holds half a character");
	}

	@Test
	void whenAMapOrListHoldsItThenItsPlaceIsNamed() {
		assertRefused(Map.of(HALF, 1), LiteralTypes.mapOf(LiteralTypes.of(SimpleType.INTEGER)),
				"The value's element [\"" + HALF + "\"] holds half a character");
		assertRefused(Map.of("a", List.of("b", HALF)), LiteralTypes.mapOf(LiteralTypes.listOf(STRING)),
				"The value's element [\"a\"][1] holds half a character");
		assertRefused("{\"a\": \"\\ud83d\"}", LiteralTypes.mapOf(STRING), "[\"a\"] holds half a character");
	}

	@Test
	void whenAReferenceHoldsItThenItIsRefused() {
		LiteralType schema = LiteralType.newBuilder().setSchema(SchemaType.getDefaultInstance()).build();
		LiteralType dataset = LiteralType.newBuilder()
			.setStructuredDatasetType(StructuredDatasetType.getDefaultInstance())
			.build();
		assertRefused("s3://b/" + HALF, LiteralTypes.file(""), "The value holds half a character");
		assertRefused(new FlyteFile("s3://b/" + HALF), LiteralTypes.file(""), "The value holds half a character");
		assertRefused(List.of(new FlyteDirectory(HALF)), LiteralTypes.listOf(LiteralTypes.directory("")),
				"element [0] holds half a character");
		assertRefused(new FlyteSchema(HALF), schema, "holds half a character");
		assertRefused(new FlyteSchema("s3://b/t", Map.of(HALF, "integer")), schema, "holds half a character");
		assertRefused(new StructuredDataset(HALF), dataset, "holds half a character");
		assertRefused(new StructuredDataset("s3://b/t", HALF), dataset, "holds half a character");
		assertThat(
				FlyteLiterals.toJava(FlyteLiterals.toLiteral(URI.create("s3://b/\ud83d\ude00"), LiteralTypes.file(""))))
			.isEqualTo(new FlyteFile("s3://b/\ud83d\ude00"));
	}

	@Test
	void whenAnErrorOrATagHoldsItThenItIsRefused() {
		assertRefused(HALF, LiteralTypes.of(SimpleType.ERROR), "holds half a character");
		assertRefused(new FlyteError("n0", HALF), LiteralTypes.of(SimpleType.ERROR), "holds half a character");
		assertRefused(new FlyteError(HALF, "m"), LiteralTypes.of(SimpleType.ERROR), "holds half a character");
		assertRefused(new FlyteBinary(new byte[1], HALF), LiteralTypes.of(SimpleType.BINARY), "holds half a character");
		assertRefused(HALF, LiteralTypes.enumOf(HALF), "holds half a character");
	}

	@Test
	void whenAUnionHoldsItThenItIsSaid() {
		LiteralType tagged = STRING.toBuilder().setStructure(TypeStructure.newBuilder().setTag(HALF)).build();
		assertRefused("a", LiteralTypes.unionOf(tagged), "holds half a character");
		assertRefused(HALF, LiteralTypes.unionOf(LiteralTypes.of(SimpleType.INTEGER), STRING),
				"holds half a character");
		assertRefused(new FlyteFile(HALF), LiteralTypes.unionOf(LiteralTypes.file(""), STRING),
				"holds half a character");
		assertRefused(Map.of("a", HALF), LiteralTypes.unionOf(STRUCT, STRING), "the text at a holds half a character");
	}

	@Test
	void whenALiteralHoldsItThenItIsRefused() {
		Literal literal = Literal.newBuilder()
			.setScalar(Scalar.newBuilder().setPrimitive(Primitive.newBuilder().setStringValue(HALF)))
			.build();
		assertRefused(literal, STRING, "holds half a character");
		assertRefused(List.of("a", literal), LiteralTypes.listOf(STRING), "element [1] holds half a character");
		assertRefused(literal.toBuilder().putMetadata("k", HALF).setScalar(Scalar.getDefaultInstance()).build(), STRING,
				"holds half a character");
	}

	@Test
	void whenAnErrorShowsALongTextThenNoCharacterIsCutInHalf() {
		String faces = "x" + "\ud83d\ude00".repeat(40);
		assertThatExceptionOfType(InvalidValueException.class)
			.isThrownBy(() -> FlyteLiterals.toLiteral(faces, LiteralTypes.of(SimpleType.INTEGER)))
			.withMessageEndingWith("x" + "\ud83d\ude00".repeat(29) + "...\"");
	}

	private static void assertRefused(Object value, LiteralType type, String... messages) {
		assertThatExceptionOfType(InvalidValueException.class).as("%s", value)
			.isThrownBy(() -> FlyteLiterals.toLiteral(value, type))
			.satisfies((ex) -> assertThat(ex.getMessage()).contains(messages));
	}

	record Bean(String name) {
	}

}
