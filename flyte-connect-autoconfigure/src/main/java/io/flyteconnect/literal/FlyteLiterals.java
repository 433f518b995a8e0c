package io.flyteconnect.literal;

import flyteidl.core.Literals.Literal;
import flyteidl.core.Literals.LiteralMap;
import flyteidl.core.Types.LiteralType;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.literal.JavaTypes;
import io.flyteconnect.internal.literal.LiteralReader;
import io.flyteconnect.internal.literal.LiteralWriter;
import io.flyteconnect.internal.literal.TypeNames;

/**
 * Converts Java values to Flyte's literals, and back.
 * <table class="striped">
 * <caption>Types</caption>
 * <tr>
 * <th>Flyte</th>
 * <th>is read as</th>
 * <th>is written from</th>
 * </tr>
 * <tr>
 * <td>integer</td>
 * <td>{@code Long}</td>
 * <td>any number without a fraction that fits 64 bits; digits</td>
 * </tr>
 * <tr>
 * <td>float</td>
 * <td>{@code Double}</td>
 * <td>any number; text</td>
 * </tr>
 * <tr>
 * <td>string</td>
 * <td>{@code String}</td>
 * <td>text, enums (their names), {@code UUID}, {@code URI}, {@code Path}</td>
 * </tr>
 * <tr>
 * <td>boolean</td>
 * <td>{@code Boolean}</td>
 * <td>{@code Boolean}; {@code true}, {@code false} and what Go's {@code ParseBool}
 * takes</td>
 * </tr>
 * <tr>
 * <td>datetime</td>
 * <td>{@code Instant}</td>
 * <td>{@code Instant}, {@code OffsetDateTime}, {@code ZonedDateTime}, {@code Date},
 * {@code Calendar}; {@code LocalDateTime} and {@code LocalDate}, taken as UTC; text as in
 * RFC 3339</td>
 * </tr>
 * <tr>
 * <td>duration</td>
 * <td>{@code Duration}</td>
 * <td>{@code Duration}; {@code 1h30m} or {@code PT1H30M}</td>
 * </tr>
 * <tr>
 * <td>binary</td>
 * <td>{@code byte[]}; with the tag {@code msgpack} what it holds, with another one a
 * {@link FlyteBinary}</td>
 * <td>{@code byte[]}, {@code ByteBuffer}, {@link FlyteBinary}; Base64</td>
 * </tr>
 * <tr>
 * <td>struct</td>
 * <td>{@code Map<String, Object>}</td>
 * <td>maps, and where Jackson is on the class path records, beans and JSON</td>
 * </tr>
 * <tr>
 * <td>error</td>
 * <td>{@link FlyteError}</td>
 * <td>{@link FlyteError}; its message</td>
 * </tr>
 * <tr>
 * <td>none</td>
 * <td>{@code null}</td>
 * <td>{@code null}, an empty {@code Optional}; the texts {@code null} and
 * {@code None}</td>
 * </tr>
 * <tr>
 * <td>blob</td>
 * <td>{@link FlyteFile} or {@link FlyteDirectory}</td>
 * <td>the same; its URI</td>
 * </tr>
 * <tr>
 * <td>schema</td>
 * <td>{@link FlyteSchema}</td>
 * <td>the same; its URI</td>
 * </tr>
 * <tr>
 * <td>structured dataset</td>
 * <td>{@link StructuredDataset}</td>
 * <td>the same; its URI</td>
 * </tr>
 * <tr>
 * <td>enum</td>
 * <td>{@code String}</td>
 * <td>one of its values; a Java enum of that name</td>
 * </tr>
 * <tr>
 * <td>collection, map</td>
 * <td>{@code List}, {@code Map<String, Object>}</td>
 * <td>{@code Iterable} or array, {@code Map}; JSON</td>
 * </tr>
 * <tr>
 * <td>union</td>
 * <td>the value</td>
 * <td>a value of a variant: that of its Java type first, else the first that takes it,
 * text last</td>
 * </tr>
 * </table>
 * A {@code Literal} is accepted for every type and used unchanged. An offloaded literal
 * is read as {@link OffloadedValue}.
 *
 * @since 0.1.0
 */
public final class FlyteLiterals {

	private FlyteLiterals() {
	}

	/**
	 * Write a value.
	 * @param value the value
	 * @param type the type that it is wanted in
	 * @return the literal
	 * @throws InvalidValueException if it is not a value of the type
	 */
	public static Literal toLiteral(@Nullable Object value, LiteralType type) {
		return LiteralWriter.write(value, type);
	}

	/**
	 * Write a value as the type that corresponds to its Java type. That of a list is
	 * determined by its first element, and a map becomes a struct.
	 * @param value the value
	 * @return the literal
	 * @throws InvalidValueException if there is no such type
	 */
	public static Literal toLiteral(@Nullable Object value) {
		return toLiteral(value, JavaTypes.of(value));
	}

	/**
	 * Read a literal.
	 * @param literal the literal
	 * @return the value
	 * @throws InvalidValueException if it holds MessagePack that cannot be read, or a
	 * time or duration that Java does not hold
	 */
	public static @Nullable Object toJava(Literal literal) {
		return LiteralReader.read(literal);
	}

	/**
	 * Read named literals. If one cannot be read, only the access to it throws the
	 * exception of {@link #toJava(Literal)}, with its name.
	 * @param literals the literals
	 * @return the values
	 */
	public static FlyteValues toJava(LiteralMap literals) {
		return FlyteValues.of(literals);
	}

	/**
	 * Return the type of a literal as far as it can be derived.
	 * @param literal the literal
	 * @return the type
	 */
	public static LiteralType typeOf(Literal literal) {
		return JavaTypes.of(toJava(literal));
	}

	/**
	 * Return the name of a type for error messages.
	 * @param type the type
	 * @return {@code list of integer} for example
	 */
	public static String name(LiteralType type) {
		return TypeNames.of(type);
	}

}
