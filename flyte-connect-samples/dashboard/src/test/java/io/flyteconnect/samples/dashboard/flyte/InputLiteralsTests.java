package io.flyteconnect.samples.dashboard.flyte;

import java.util.Map;

import flyteidl.core.Interface.Parameter;
import flyteidl.core.Interface.ParameterMap;
import flyteidl.core.Interface.Variable;
import flyteidl.core.Literals.Primitive;
import flyteidl.core.Types.LiteralType;
import flyteidl.core.Types.SimpleType;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class InputLiteralsTests {

	@Test
	void whenTypesFitThenLiterals() {
		assertThat(primitive("a text", SimpleType.STRING).getStringValue()).isEqualTo("a text");
		assertThat(primitive(12, SimpleType.INTEGER).getInteger()).isEqualTo(12);
		assertThat(primitive(0.5, SimpleType.FLOAT).getFloatValue()).isEqualTo(0.5);
		assertThat(primitive(3, SimpleType.FLOAT).getFloatValue()).isEqualTo(3);
		assertThat(primitive(true, SimpleType.BOOLEAN).getBoolean()).isTrue();
		assertThat(primitive(false, SimpleType.BOOLEAN).getValueCase()).isEqualTo(Primitive.ValueCase.BOOLEAN);
		assertThat(primitive("1970-01-01T00:01:00Z", SimpleType.DATETIME).getDatetime().getSeconds()).isEqualTo(60);
		assertThat(primitive("PT1M0.5S", SimpleType.DURATION).getDuration().getNanos()).isEqualTo(500_000_000);
	}

	@Test
	void whenAValueDoesNotFitThenInputAndTypeAreNamed() {
		assertInvalid("many", type(SimpleType.INTEGER), "'x' is no INTEGER");
		assertInvalid(1.5, type(SimpleType.INTEGER), "'x' is no INTEGER");
		assertInvalid("perhaps", type(SimpleType.BOOLEAN), "use true or false");
		assertInvalid("tomorrow", type(SimpleType.DATETIME), "'x' is no DATETIME");
		assertInvalid("long", type(SimpleType.DURATION), "'x' is no DURATION");
		assertInvalid(Map.of(), type(SimpleType.STRUCT), "'x' is no STRUCT");
		assertInvalid(Map.of(), LiteralType.newBuilder().setCollectionType(type(SimpleType.STRING)).build(),
				"cannot fill in");
	}

	@Test
	void whenTheNameIsUnknownThenTheKnownOnesAreNamed() {
		assertThatExceptionOfType(InvalidInputException.class)
			.isThrownBy(() -> InputLiterals.of(Map.of("y", 1), expected(type(SimpleType.STRING))))
			.withMessage("The launch plan has no input 'y'; it has [x]");
	}

	private static void assertInvalid(Object value, LiteralType type, String message) {
		assertThatExceptionOfType(InvalidInputException.class)
			.isThrownBy(() -> InputLiterals.of(Map.of("x", value), expected(type)))
			.withMessageContaining(message);
	}

	private static Primitive primitive(Object value, SimpleType type) {
		return InputLiterals.of(Map.of("x", value), expected(type(type)))
			.getLiteralsOrThrow("x")
			.getScalar()
			.getPrimitive();
	}

	private static LiteralType type(SimpleType type) {
		return LiteralType.newBuilder().setSimple(type).build();
	}

	private static ParameterMap expected(LiteralType type) {
		return ParameterMap.newBuilder()
			.putParameters("x", Parameter.newBuilder().setVar(Variable.newBuilder().setType(type)).build())
			.build();
	}

}
