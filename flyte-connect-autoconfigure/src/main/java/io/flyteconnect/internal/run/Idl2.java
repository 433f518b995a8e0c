package io.flyteconnect.internal.run;

import java.util.LinkedHashMap;
import java.util.Map;

import com.flyteidl2.core.VariableMap;
import com.flyteidl2.task.NamedLiteral;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import flyteidl.core.Literals.Literal;
import flyteidl.core.Literals.LiteralMap;
import flyteidl.core.Types.LiteralType;

/**
 * Reads messages of Flyte 2's IDL as those of Flyte 1, and the other way round: literals
 * and types have the same fields under the same numbers, so that their bytes are the
 * same.
 */
public final class Idl2 {

	private Idl2() {
	}

	/**
	 * Read a message of one IDL as its counterpart in the other.
	 * @param <T> the counterpart
	 * @param message the message
	 * @param parser the parser of the counterpart
	 * @return the message in the other IDL, with what it does not know kept as unknown
	 * fields
	 */
	public static <T extends MessageLite> T as(MessageLite message, Parser<T> parser) {
		try {
			return parser.parseFrom(message.toByteString());
		}
		catch (InvalidProtocolBufferException ex) {
			throw new IllegalStateException("Flyte 1 and 2 disagree about " + message.getClass().getSimpleName(), ex);
		}
	}

	static Map<String, LiteralType> types(VariableMap variables) {
		Map<String, LiteralType> types = new LinkedHashMap<>();
		variables.getVariablesList()
			.forEach((entry) -> types.put(entry.getKey(), as(entry.getValue().getType(), LiteralType.parser())));
		return types;
	}

	static LiteralMap literals(Iterable<NamedLiteral> named) {
		LiteralMap.Builder literals = LiteralMap.newBuilder();
		named.forEach((literal) -> literals.putLiterals(literal.getName(), as(literal.getValue(), Literal.parser())));
		return literals.build();
	}

	static NamedLiteral named(String name, Literal literal) {
		return NamedLiteral.newBuilder()
			.setName(name)
			.setValue(as(literal, com.flyteidl2.core.Literal.parser()))
			.build();
	}

}
