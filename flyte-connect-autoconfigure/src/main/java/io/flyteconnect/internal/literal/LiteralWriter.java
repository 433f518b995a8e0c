package io.flyteconnect.internal.literal;

import java.lang.reflect.Array;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import flyteidl.core.Literals.Literal;
import flyteidl.core.Literals.LiteralCollection;
import flyteidl.core.Literals.LiteralMap;
import flyteidl.core.Types.LiteralType;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.literal.struct.JavaObjects;
import io.flyteconnect.internal.literal.struct.Utf8Text;
import io.flyteconnect.literal.InvalidValueException;

/**
 * Writes a Java value as a literal of a type. The strict mode only accepts values whose
 * Java type corresponds to Flyte's type. The lenient mode also parses text, and converts
 * numbers without loss.
 */
public final class LiteralWriter {

	private final UnionWriter unions = new UnionWriter(this);

	private LiteralWriter() {
	}

	/**
	 * Write a value in the lenient mode.
	 * @param value the value
	 * @param type the type
	 * @return the literal
	 * @throws InvalidValueException if the value cannot be one of the type
	 */
	public static Literal write(@Nullable Object value, LiteralType type) {
		return new LiteralWriter().write(value, type, false);
	}

	Literal write(@Nullable Object given, LiteralType type, boolean strict) {
		Object value = JavaObjects.unwrap(given);
		if (value instanceof Literal literal) {
			return checked(literal);
		}
		if (value instanceof CharSequence text) {
			checked(text.toString());
		}
		return switch (type.getTypeCase()) {
			case SIMPLE -> SimpleWriter.write(value, type, strict);
			case COLLECTION_TYPE -> collection(value, type, strict);
			case MAP_VALUE_TYPE -> map(value, type, strict);
			case BLOB, SCHEMA, STRUCTURED_DATASET_TYPE -> ReferenceWriter.write(value, type, strict);
			case ENUM_TYPE -> enumeration(value, type);
			case UNION_TYPE -> this.unions.write(value, type);
			case TYPE_NOT_SET -> throw new InvalidValueException("is of a type that is not known here", null);
		};
	}

	/**
	 * Check that a text can be encoded in UTF-8.
	 * @param text the text
	 * @return the text
	 */
	static String checked(String text) {
		try {
			Utf8Text.check(text);
			return text;
		}
		catch (CharacterCodingException ex) {
			throw new InvalidValueException(Utf8Text.REASON, ex);
		}
	}

	/**
	 * Check that each text in a literal can be encoded in UTF-8.
	 * @param literal the literal
	 * @return the literal
	 */
	static Literal checked(Literal literal) {
		try {
			Utf8Text.check(literal);
			return literal;
		}
		catch (CharacterCodingException ex) {
			throw new InvalidValueException(Utf8Text.REASON, ex);
		}
	}

	/**
	 * Create the exception for a value that does not match a type.
	 * @param type the type that it should be of
	 * @param value the value
	 * @param hint the accepted values, empty if the type is sufficient
	 * @return the exception
	 */
	static InvalidValueException mismatch(LiteralType type, @Nullable Object value, String hint) {
		return new InvalidValueException("must be of type " + TypeNames.of(type) + ", not " + ValueText.describe(value)
				+ (hint.isEmpty() ? "" : ": " + hint), null);
	}

	private Literal collection(@Nullable Object value, LiteralType type, boolean strict) {
		Object list = (!strict && value instanceof CharSequence text) ? json(text, type) : value;
		LiteralCollection.Builder literals = LiteralCollection.newBuilder();
		int index = 0;
		for (Object element : elements(list, type)) {
			try {
				literals.addLiterals(write(element, type.getCollectionType(), strict));
			}
			catch (InvalidValueException ex) {
				throw ex.within(index);
			}
			index++;
		}
		return Literal.newBuilder().setCollection(literals).build();
	}

	private static Iterable<?> elements(@Nullable Object value, LiteralType type) {
		if (value instanceof Iterable<?> elements && !(value instanceof Path)) {
			return elements;
		}
		if (value == null || !value.getClass().isArray()) {
			throw mismatch(type, value, "");
		}
		List<@Nullable Object> elements = new ArrayList<>();
		for (int i = 0; i < Array.getLength(value); i++) {
			elements.add(Array.get(value, i));
		}
		return elements;
	}

	private Literal map(@Nullable Object value, LiteralType type, boolean strict) {
		Object map = (!strict && value instanceof CharSequence text) ? json(text, type) : value;
		if (!(map instanceof Map<?, ?> entries)) {
			throw mismatch(type, value, "");
		}
		LiteralMap.Builder literals = LiteralMap.newBuilder();
		entries.forEach((key, element) -> {
			String name = JavaObjects.key(key);
			if (name == null) {
				throw mismatch(type, value, "its keys must be text, not " + ValueText.describe(key));
			}
			try {
				literals.putLiterals(checked(name), write(element, type.getMapValueType(), strict));
			}
			catch (InvalidValueException ex) {
				throw ex.within(name);
			}
		});
		return Literal.newBuilder().setMap(literals).build();
	}

	private static @Nullable Object json(CharSequence text, LiteralType type) {
		try {
			return JavaObjects.parseJson(text.toString());
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidValueException(mismatch(type, text, "text has to be JSON; " + ex.getMessage()).getReason(),
					ex);
		}
	}

	private static Literal enumeration(@Nullable Object value, LiteralType type) {
		String name = (value instanceof Enum<?> constant) ? constant.name()
				: (value instanceof CharSequence) ? value.toString() : null;
		if (name == null || !type.getEnumType().getValuesList().contains(name)) {
			throw mismatch(type, value, "");
		}
		return SimpleWriter.text(name);
	}

}
