package io.flyteconnect.samples.dashboard.flyte;

import java.util.Map;

import com.google.protobuf.Timestamp;
import flyteidl.core.Literals.Literal;
import flyteidl.core.Literals.LiteralMap;
import flyteidl.core.Literals.Primitive;
import flyteidl.core.Literals.Scalar;
import org.junit.jupiter.api.Test;

import io.flyteconnect.literal.FlyteLiterals;

import static org.assertj.core.api.Assertions.assertThat;

class ExecutionDataTests {

	@Test
	void whenOneValueCannotBeReadThenTheOthersAreShown() {
		Literal wrong = Literal.newBuilder()
			.setScalar(Scalar.newBuilder()
				.setPrimitive(Primitive.newBuilder().setDatetime(Timestamp.newBuilder().setSeconds(Long.MAX_VALUE))))
			.build();
		Map<String, ?> values = FlyteLiterals.toJava(LiteralMap.newBuilder()
			.putLiterals("rows", FlyteLiterals.toLiteral(7))
			.putLiterals("day", wrong)
			.build());
		assertThat(ExecutionData.of(values, Map.of()).inputs()).extracting(ExecutionData.Value::text)
			.containsExactly("The value 'day' cannot be read: the datetime 9223372036854775807 s after 1970 is beyond"
					+ " those that Java holds", "7");
	}

}
