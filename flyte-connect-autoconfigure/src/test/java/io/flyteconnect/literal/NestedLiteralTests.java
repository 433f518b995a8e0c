package io.flyteconnect.literal;

import java.net.URI;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import com.google.protobuf.ByteString;
import flyteidl.core.Literals.Binary;
import flyteidl.core.Literals.Literal;
import flyteidl.core.Literals.LiteralOffloadedMetadata;
import flyteidl.core.Literals.Scalar;
import flyteidl.core.Types.LiteralType;
import flyteidl.core.Types.SchemaType;
import flyteidl.core.Types.SimpleType;
import flyteidl.core.Types.StructuredDatasetType;
import flyteidl.core.Types.TypeStructure;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Java values as all other types of Flyte, and back.
 */
class NestedLiteralTests {

	private static final LiteralType INTEGER = LiteralTypes.of(SimpleType.INTEGER);

	private static final LiteralType STRING = LiteralTypes.of(SimpleType.STRING);

	private static final LiteralType STRUCT = LiteralTypes.of(SimpleType.STRUCT);

	private static final LiteralType NONE = LiteralTypes.of(SimpleType.NONE);

	@Test
	void whenElementsFitThenACollection() {
		LiteralType type = LiteralTypes.listOf(INTEGER);
		for (Object list : List.of(List.of(1, 2L), Set.of(1, 2), new int[] { 1, 2 }, new Object[] { 1, "2" },
				"[1, 2.0]")) {
			assertThat(read(list, type)).as("%s", list)
				.asInstanceOf(InstanceOfAssertFactories.LIST)
				.containsExactlyInAnyOrder(1L, 2L);
		}
		assertThat(read(List.of(), type)).isEqualTo(List.of());
		assertThat(read(List.of(List.of(1), List.of()), LiteralTypes.listOf(type)))
			.isEqualTo(List.of(List.of(1L), List.of()));
	}

	@Test
	void whenAnElementDoesNotFitThenItsPlaceIsNamed() {
		assertRefused(Map.of("a", List.of(1, "x")), LiteralTypes.mapOf(LiteralTypes.listOf(INTEGER)),
				"The value's element [\"a\"][1] must be of type integer, not the text \"x\"");
		assertRefused(Arrays.asList(1, null), LiteralTypes.listOf(INTEGER), "[1] must be of type integer, not null");
		assertRefused(7, LiteralTypes.listOf(INTEGER), "must be of type list of integer, not Integer 7");
		assertRefused("1, 2", LiteralTypes.listOf(INTEGER), "text has to be JSON");
		assertRefused(Path.of("a"), LiteralTypes.listOf(STRING), "must be of type list of string");
		assertRefused(Map.of(1, 1), LiteralTypes.mapOf(INTEGER), "its keys must be text, not Integer 1");
	}

	@Test
	void whenANameIsThereTwiceInJsonThenItIsRefusedWithItsLine() {
		assertRefused("{\"i\": 1, \"i\": 2}", LiteralTypes.mapOf(INTEGER), "\"i\" (line 1)");
		assertRefused("{\"a\": {\"b\": [{\"i\": 1,\n\"i\": 1}]}}", STRUCT, "\"i\" (line 2)");
		assertRefused("[{\"i\": 1}, {\n\"j\": 1,\n\"j\": 2}]", LiteralTypes.listOf(STRUCT), "\"j\" (line 3)");
		assertThat(read("[{\"i\": 1}, {\"i\": 2}]", LiteralTypes.listOf(LiteralTypes.mapOf(INTEGER))))
			.isEqualTo(List.of(Map.of("i", 1L), Map.of("i", 2L)));
	}

	@Test
	void whenTextMayBeNoneThenItIsNoneUnlessItIsText() {
		assertThat(variant("null", LiteralTypes.unionOf(INTEGER, NONE))).isEqualTo(NONE);
		assertThat(variant("None", LiteralTypes.unionOf(NONE, LiteralTypes.of(SimpleType.DATETIME)))).isEqualTo(NONE);
		assertThat(variant("null", LiteralTypes.unionOf(STRING, NONE))).isEqualTo(STRING);
	}

	@Test
	void whenTheNameIsNoConstantThenTheNamesAreListed() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new FlyteValues(Map.of("s", "slow")).get("s", Speed.class))
			.withMessageContaining("use one of [FAST, FASTER]");
		assertThat(new FlyteValues(Map.of("s", "FASTER")).get("s", Speed.class)).isEqualTo(Speed.FASTER);
	}

	private enum Speed {

		FAST, FASTER;

		@Override
		public String toString() {
			return "with " + ordinal();
		}

	}

	@Test
	void whenEntriesFitThenAMap() {
		LiteralType type = LiteralTypes.mapOf(INTEGER);
		assertThat(read(Map.of("a", 1), type)).isEqualTo(Map.of("a", 1L));
		assertThat(read(Map.of(DayOfWeek.MONDAY, 1), type)).isEqualTo(Map.of("MONDAY", 1L));
		assertThat(read("{\"a\": 1}", type)).isEqualTo(Map.of("a", 1L));
		assertRefused(List.of(1), type, "must be of type map of integer, not a list of 1 element");
	}

	@Test
	void whenTheNameIsOneOfAnEnumThenItIsTaken() {
		LiteralType type = LiteralTypes.enumOf("MONDAY", "fast");
		assertThat(read("fast", type)).isEqualTo("fast");
		assertThat(read(DayOfWeek.MONDAY, type)).isEqualTo("MONDAY");
		assertRefused("Fast", type, "must be of type enum [MONDAY, fast], not the text \"Fast\"");
		assertRefused(DayOfWeek.FRIDAY, type, "java.time.DayOfWeek");
		assertRefused(0, type, "not Integer 0");
		assertRefused(null, type, "not null");
	}

	@Test
	void whenAUnionHasAVariantOfTheJavaTypeThenThatOneIsTaken() {
		LiteralType type = LiteralTypes.unionOf(INTEGER, STRING, LiteralTypes.of(SimpleType.DATETIME), NONE);
		assertThat(variant("5", type)).isEqualTo(STRING);
		assertThat(variant(5, type)).isEqualTo(INTEGER);
		assertThat(variant(Instant.EPOCH, type)).isEqualTo(LiteralTypes.of(SimpleType.DATETIME));
		assertThat(variant(null, type)).isEqualTo(NONE);
		assertThat(variant(Optional.empty(), type)).isEqualTo(NONE);
		assertThat(variant(5.0, type)).isEqualTo(INTEGER);
		assertThat(variant(5, LiteralTypes.unionOf(LiteralTypes.of(SimpleType.FLOAT), INTEGER))).isEqualTo(INTEGER);
		assertThat(variant("5", LiteralTypes.unionOf(NONE, INTEGER))).isEqualTo(INTEGER);
		assertThat(variant(DayOfWeek.MONDAY, LiteralTypes.unionOf(STRING, LiteralTypes.enumOf("MONDAY"))))
			.isEqualTo(LiteralTypes.enumOf("MONDAY"));
		assertThat(
				variant(List.of("1"), LiteralTypes.unionOf(LiteralTypes.listOf(INTEGER), LiteralTypes.listOf(STRING))))
			.isEqualTo(LiteralTypes.listOf(STRING));
		assertThat(variant(new FlyteFile("s3://b/k"), LiteralTypes.unionOf(STRING, STRUCT, LiteralTypes.file("csv"))))
			.isEqualTo(LiteralTypes.file("csv"));
		assertThat(read(5, type)).isEqualTo(5L);
	}

	@Test
	void whenNoVariantTakesTheValueThenTheUnionIsNamed() {
		assertRefused(List.of(), LiteralTypes.unionOf(INTEGER, NONE),
				"must be of type integer or none, not a list of 0 elements");
		assertRefused(null, LiteralTypes.unionOf(INTEGER, STRING), "not null");
		assertRefused(true, LiteralTypes.unionOf(INTEGER, STRING), "not Boolean true");
	}

	@Test
	void whenUnionsAreNestedThenEachLevelLooksAtTheValueEquallyOften() {
		for (UnaryOperator<LiteralType> level : List.<UnaryOperator<LiteralType>>of(
				(inner) -> LiteralTypes.unionOf(inner, INTEGER), (inner) -> LiteralTypes.unionOf(NONE, inner))) {
			assertThat(looks(level, 18, UnaryOperator.identity())).isEqualTo(looks(level, 9, UnaryOperator.identity()));
		}
		UnaryOperator<LiteralType> list = (inner) -> LiteralTypes.unionOf(LiteralTypes.listOf(inner), NONE);
		assertThat(looks(list, 18, List::of)).isEqualTo(looks(list, 9, List::of));
		UnaryOperator<LiteralType> map = (inner) -> LiteralTypes.unionOf(NONE, LiteralTypes.mapOf(inner));
		assertThat(looks(map, 18, (inner) -> Map.of("a", inner)))
			.isEqualTo(looks(map, 9, (inner) -> Map.of("a", inner)));
	}

	/** How often a list, which no innermost variant takes, is looked at. */
	private static int looks(UnaryOperator<LiteralType> level, int depth, UnaryOperator<Object> around) {
		AtomicInteger looks = new AtomicInteger();
		Object value = (Iterable<Object>) () -> {
			looks.incrementAndGet();
			return List.<Object>of("no number").iterator();
		};
		LiteralType type = LiteralTypes.unionOf(LiteralTypes.listOf(INTEGER), NONE);
		for (int i = 0; i < depth; i++) {
			type = level.apply(type);
			value = around.apply(value);
		}
		assertRefused(value, type, "must be of type");
		return looks.get();
	}

	@Test
	void whenSeveralObjectsOfAUnionFitThenTheirFieldsDecideOrNobodyGuesses() {
		LiteralType cat = dataclass("lives");
		LiteralType dog = dataclass("tricks");
		assertThat(variant(Map.of("tricks", 3), LiteralTypes.unionOf(cat, dog))).isEqualTo(dog);
		assertRefused(Map.of("tricks", 3), LiteralTypes.unionOf(STRUCT, STRUCT), "several variants");
		Literal literal = FlyteLiterals.toLiteral(Map.of("tricks", 3), dog);
		assertThat(FlyteLiterals.toLiteral(literal, LiteralTypes.unionOf(STRUCT, STRUCT))).isEqualTo(literal);
	}

	@Test
	void whenItIsAReferenceThenItHasTheDeclaredFormat() {
		assertThat(read("s3://b/k.csv", LiteralTypes.file("csv"))).isEqualTo(new FlyteFile("s3://b/k.csv", "csv"));
		assertThat(read(URI.create("s3://b/k"), LiteralTypes.directory(""))).isEqualTo(new FlyteDirectory("s3://b/k"));
		assertThat(read(new FlyteFile("s3://b/k"), LiteralTypes.file("csv")))
			.isEqualTo(new FlyteFile("s3://b/k", "csv"));
		assertRefused(new FlyteFile("s3://b/k", "parquet"), LiteralTypes.file("csv"),
				"must be of type file (csv), not a value of type io.flyteconnect.literal.FlyteFile: its format is"
						+ " parquet, not csv");
		assertRefused(new FlyteDirectory("s3://b/k"), LiteralTypes.file(""), "FlyteDirectory");
		assertRefused(new FlyteFile("s3://b/k"), LiteralTypes.directory(""), "FlyteFile");
		assertRefused(Path.of("/tmp/a"), LiteralTypes.file(""), "has to be uploaded first");
		assertRefused(" ", LiteralTypes.file(""), "give the URI");
	}

	@Test
	void whenItIsATableThenColumnsAreKept() {
		LiteralType schema = LiteralType.newBuilder().setSchema(SchemaType.getDefaultInstance()).build();
		LiteralType dataset = LiteralType.newBuilder()
			.setStructuredDatasetType(StructuredDatasetType.newBuilder().setFormat("parquet"))
			.build();
		FlyteSchema table = new FlyteSchema("s3://b/t", Map.of("day", "datetime"));
		assertThat(read(table, schema)).isEqualTo(table);
		assertThat(read("s3://b/t", schema)).isEqualTo(new FlyteSchema("s3://b/t"));
		assertThat(read("bq://p:d.t", dataset)).isEqualTo(new StructuredDataset("bq://p:d.t", "parquet"));
		StructuredDataset frame = new StructuredDataset("s3://b/f", "Parquet", Map.of("n", "integer"));
		assertThat(read(frame, dataset))
			.isEqualTo(new StructuredDataset("s3://b/f", "parquet", Map.of("n", "integer")));
		assertRefused(new StructuredDataset("s3://b/f", "csv"), dataset, "its format is csv, not parquet");
		assertRefused(new FlyteSchema("s3://b/t", Map.of("n", "decimal")), schema,
				"its column n is of no type that is known, decimal");
		assertRefused(5, dataset, "must be of type structured dataset (parquet), not Integer 5");
	}

	@Test
	void whenItIsBinaryThenTheTagDecides() {
		LiteralType type = LiteralTypes.of(SimpleType.BINARY);
		byte[] bytes = { 1, 2, 3 };
		assertThat((byte[]) read(bytes, type)).isEqualTo(bytes);
		assertThat((byte[]) read("AQID", type)).isEqualTo(bytes);
		FlyteBinary avro = new FlyteBinary(bytes, "avro");
		assertThat(read(avro, type)).isEqualTo(avro);
		assertThat(FlyteLiterals.toJava(messagePack(0x81, 0xa1, 'n', 0x07))).isEqualTo(Map.of("n", 7L));
		assertRefused("no base64!", type, "text has to be Base64");
		assertRefused(List.of(1), type, "must be of type binary");
	}

	@Test
	void whenItIsAnErrorThenSoItIsReadBack() {
		FlyteError error = new FlyteError("n0", "no rows");
		assertThat(read(error, LiteralTypes.of(SimpleType.ERROR))).isEqualTo(error);
		assertThat(read("no rows", LiteralTypes.of(SimpleType.ERROR))).isEqualTo(new FlyteError("", "no rows"));
		assertRefused(5, LiteralTypes.of(SimpleType.ERROR), "must be of type error");
	}

	@Test
	void whenFlyteHasOffloadedALiteralThenItsPlaceIsRead() {
		Literal literal = Literal.newBuilder()
			.setOffloadedMetadata(LiteralOffloadedMetadata.newBuilder().setUri("s3://b/k").setSizeBytes(7))
			.build();
		assertThat(FlyteLiterals.toJava(literal)).isEqualTo(new OffloadedValue("s3://b/k", 7));
		assertThat(FlyteLiterals.toJava(Literal.getDefaultInstance())).isNull();
	}

	@Test
	void whenNobodySaysTheTypeThenTheJavaTypeDoes() {
		for (Object value : new ArrayList<>(List.of("a", 1L, 0.5, true, Instant.EPOCH, List.of(1L), Map.of("a", 1L),
				new FlyteFile("s3://b/k", "csv"), new FlyteDirectory("s3://b/k"), new FlyteSchema("s3://b/k"),
				new StructuredDataset("s3://b/k"), new FlyteError("n", "m"), new FlyteBinary(new byte[1], "t")))) {
			assertThat(FlyteLiterals.toJava(FlyteLiterals.toLiteral(value))).isEqualTo(value);
		}
		assertThat(FlyteLiterals.toJava(FlyteLiterals.toLiteral(null))).isNull();
	}

	@Test
	void whenATypeIsOfALaterFlyteThenItIsSaid() {
		assertRefused(5, LiteralType.getDefaultInstance(), "is of a type that is not known here");
	}

	private static LiteralType dataclass(String field) {
		return STRUCT.toBuilder().setStructure(TypeStructure.newBuilder().putDataclassType(field, INTEGER)).build();
	}

	private static Literal messagePack(int... bytes) {
		byte[] packed = new byte[bytes.length];
		for (int i = 0; i < bytes.length; i++) {
			packed[i] = (byte) bytes[i];
		}
		return Literal.newBuilder()
			.setScalar(Scalar.newBuilder()
				.setBinary(Binary.newBuilder().setTag("msgpack").setValue(ByteString.copyFrom(packed))))
			.build();
	}

	private static LiteralType variant(Object value, LiteralType union) {
		return FlyteLiterals.toLiteral(value, union).getScalar().getUnion().getType();
	}

	private static Object read(Object value, LiteralType type) {
		return FlyteLiterals.toJava(FlyteLiterals.toLiteral(value, type));
	}

	private static void assertRefused(Object value, LiteralType type, String message) {
		assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> FlyteLiterals.toLiteral(value, type))
			.withMessageContaining(message);
	}

}
