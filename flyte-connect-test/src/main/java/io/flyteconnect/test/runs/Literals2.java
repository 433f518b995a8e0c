package io.flyteconnect.test.runs;

import com.flyteidl2.core.Literal;
import com.flyteidl2.core.LiteralType;
import com.google.protobuf.InvalidProtocolBufferException;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.literal.FlyteLiterals;

/**
 * Java values as literals of Flyte 2, whose bytes are those of Flyte 1.
 */
final class Literals2 {

	private Literals2() {
	}

	static Literal of(@Nullable Object value, @Nullable LiteralType type) {
		try {
			return Literal.parseFrom(((type != null)
					? FlyteLiterals.toLiteral(value, flyteidl.core.Types.LiteralType.parseFrom(type.toByteString()))
					: FlyteLiterals.toLiteral(value))
				.toByteString());
		}
		catch (InvalidProtocolBufferException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
