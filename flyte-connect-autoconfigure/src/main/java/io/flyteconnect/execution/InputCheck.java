package io.flyteconnect.execution;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import flyteidl.core.Literals.LiteralMap;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.literal.FlyteLiterals;
import io.flyteconnect.literal.InvalidValueException;

/**
 * Checks the inputs of a launch as Flyte Admin does
 * ({@code CheckAndFetchInputsForExecution} in
 * {@code flyteadmin/pkg/manager/impl/validation}), but all of them at once and with what
 * would be right.
 *
 * @author Flyte Connect
 */
final class InputCheck {

	private final FlyteInterface target;

	private final Map<String, String> problems = new TreeMap<>();

	InputCheck(FlyteInterface target) {
		this.target = target;
	}

	LiteralMap toLiterals(Map<String, ? extends @Nullable Object> values) {
		LiteralMap.Builder literals = LiteralMap.newBuilder();
		values.forEach((name, value) -> {
			FlyteInput input = this.target.inputs().get(name);
			if (input == null) {
				this.problems.put(name, "there is no input '" + shown(name) + "'" + suggestion(name));
			}
			else if (input.fixed()) {
				this.problems.put(name, "'" + name + "' is set by the launch plan, and cannot be set by a launch");
			}
			else {
				write(input, value, literals);
			}
		});
		this.target.inputs().forEach((name, input) -> {
			if (input.required() && !values.containsKey(name)) {
				this.problems.put(name, "'" + name + "' of type " + input.typeName() + " is missing");
			}
		});
		if (!this.problems.isEmpty()) {
			throw new InvalidInputsException(this.target, this.problems);
		}
		return literals.build();
	}

	private void write(FlyteInput input, @Nullable Object value, LiteralMap.Builder literals) {
		try {
			literals.putLiterals(input.name(), FlyteLiterals.toLiteral(value, input.type()));
		}
		catch (InvalidValueException ex) {
			this.problems.put(input.name(), "'" + input.name() + "'"
					+ (ex.getPath().isEmpty() ? "" : " at " + ex.getPath()) + " " + ex.getReason());
		}
	}

	private String suggestion(String name) {
		Optional<String> known = this.target.inputs()
			.keySet()
			.stream()
			.filter((input) -> plain(input).equals(plain(name)) || near(plain(input), plain(name)))
			.findFirst();
		return known.map((input) -> "; did you mean '" + input + "'?").orElse("");
	}

	private static String plain(String name) {
		return name.replaceAll("[-_. ]", "").toLowerCase(Locale.ROOT);
	}

	// One letter too many, too few, another one, or two that changed places.
	private static boolean near(String known, String given) {
		int start = 0;
		while (start < Math.min(known.length(), given.length()) && known.charAt(start) == given.charAt(start)) {
			start++;
		}
		String one = known.substring(start);
		String other = given.substring(start);
		if (known.length() < 3 || Math.abs(one.length() - other.length()) > 1) {
			return false;
		}
		return rest(one, 1).equals(other) || one.equals(rest(other, 1)) || rest(one, 1).equals(rest(other, 1))
				|| (one.length() > 1 && other.length() > 1 && one.charAt(0) == other.charAt(1)
						&& one.charAt(1) == other.charAt(0) && rest(one, 2).equals(rest(other, 2)));
	}

	private static String rest(String text, int from) {
		return text.substring(Math.min(from, text.length()));
	}

	private static String shown(String name) {
		String line = name.replaceAll("[\\p{Cc}\\p{Cf}\\u2028\\u2029]", " ");
		return (line.length() > 80) ? line.substring(0, 80) + "..." : line;
	}

}
