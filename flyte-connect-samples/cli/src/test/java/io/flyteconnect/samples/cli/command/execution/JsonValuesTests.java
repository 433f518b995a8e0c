package io.flyteconnect.samples.cli.command.execution;

import java.util.Map;

import com.google.protobuf.Timestamp;
import flyteidl.core.Literals.Literal;
import flyteidl.core.Literals.LiteralMap;
import flyteidl.core.Literals.Primitive;
import flyteidl.core.Literals.Scalar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.flyteconnect.literal.FlyteLiterals;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class JsonValuesTests {

	@Test
	void whenOneValueCannotBeReadThenTheOthersAreShown(CapturedOutput output) {
		Literal wrong = Literal.newBuilder()
			.setScalar(Scalar.newBuilder()
				.setPrimitive(Primitive.newBuilder().setDatetime(Timestamp.newBuilder().setSeconds(Long.MAX_VALUE))))
			.build();
		Map<String, ?> values = FlyteLiterals.toJava(LiteralMap.newBuilder()
			.putLiterals("rows", FlyteLiterals.toLiteral(7))
			.putLiterals("day", wrong)
			.build());
		assertThat(JsonValues.of(values)).asString().contains("rows=7", "day=null");
		assertThat(output).contains("The value 'day' cannot be read: the datetime ");
	}

}
