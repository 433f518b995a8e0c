package io.flyteconnect.internal.literal;

import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import flyteidl.core.Literals.Literal;
import flyteidl.core.Literals.Scalar;
import flyteidl.core.Literals.Union;
import flyteidl.core.Types.LiteralType;
import flyteidl.core.Types.SimpleType;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;

import io.flyteconnect.literal.InvalidValueException;

/**
 * Writes a value as one variant of a union: the first one whose Java type matches, or
 * else the first one that it can be converted to, with text last
 * ({@code flytekit/interaction/click_types.py}). Since each value is tried in both ways,
 * results are cached: otherwise each level of nested unions would double the work.
 */
final class UnionWriter {

	private final LiteralWriter writer;

	private final Map<Place, Outcome> outcomes = new HashMap<>();

	UnionWriter(LiteralWriter writer) {
		this.writer = writer;
	}

	Literal write(@Nullable Object value, LiteralType union) {
		Place place = new Place(value, union);
		Outcome outcome = this.outcomes.get(place);
		if (outcome == null) {
			outcome = attempt(value, union);
			this.outcomes.put(place, outcome);
		}
		return outcome.literal();
	}

	private Outcome attempt(@Nullable Object value, LiteralType union) {
		try {
			Literal literal = choose(value, union);
			return () -> literal;
		}
		catch (InvalidValueException ex) {
			return () -> {
				throw ex;
			};
		}
	}

	private Literal choose(@Nullable Object value, LiteralType union) {
		List<LiteralType> variants = union.getUnionType().getVariantsList();
		List<Literal> exact = candidates(value, variants, true);
		if (exact.size() > 1 && isStruct(exact.get(0)) && isStruct(exact.get(1))) {
			throw LiteralWriter.mismatch(union, value,
					"several variants are objects that it may be; give it as a literal of one of them");
		}
		if (!exact.isEmpty()) {
			return exact.get(0);
		}
		List<LiteralType> textLast = variants.stream()
			.sorted(Comparator.comparing((variant) -> variant.getSimple() == SimpleType.STRING))
			.toList();
		return candidates(value, textLast, false).stream()
			.findFirst()
			.orElseThrow(() -> LiteralWriter.mismatch(union, value, ""));
	}

	private List<Literal> candidates(@Nullable Object value, List<LiteralType> variants, boolean strict) {
		List<Literal> candidates = new ArrayList<>();
		for (LiteralType variant : variants) {
			try {
				Literal literal = this.writer.write(value, variant, strict);
				candidates.add(SimpleWriter
					.scalar(Scalar.newBuilder().setUnion(Union.newBuilder().setType(variant).setValue(literal))));
			}
			catch (InvalidValueException ex) {
				// Another variant may match, but none accepts an unpaired surrogate.
				if (NestedExceptionUtils.getRootCause(ex) instanceof CharacterCodingException) {
					throw ex;
				}
			}
		}
		return candidates;
	}

	private static boolean isStruct(Literal candidate) {
		return candidate.getScalar().getUnion().getValue().getScalar().hasGeneric();
	}

	/**
	 * The result for a value: its literal, or the failure.
	 */
	private interface Outcome {

		Literal literal();

	}

	/**
	 * A value at a position of a type, compared by identity.
	 *
	 * @param value the value
	 * @param union the union
	 */
	private record Place(@Nullable Object value, LiteralType union) {

		@Override
		public boolean equals(@Nullable Object other) {
			return other instanceof Place place && this.value == place.value && this.union == place.union;
		}

		@Override
		public int hashCode() {
			return System.identityHashCode(this.value) * 31 + System.identityHashCode(this.union);
		}

	}

}
