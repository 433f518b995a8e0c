package io.flyteconnect.fuzz;

import java.util.HexFormat;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each kind of input, with its seeds and with inputs that are made of them: the same ones
 * in each run. The README has the long run.
 */
class FuzzTests {

	private static final int INPUTS = 600;

	private static final long SEED = 20260101;

	static List<String> kinds() {
		return Kind.NAMES;
	}

	@ParameterizedTest
	@MethodSource("kinds")
	void whenAnInputIsReadThenNothingComesOutButWhatIsDocumented(String name) {
		Kind kind = Kind.of(name);
		kind.corpus().seeds().forEach((seed) -> read(kind, seed));
		Mutations mutations = new Mutations(SEED, kind.corpus());
		for (int i = 0; i < INPUTS; i++) {
			read(kind, mutations.next());
		}
	}

	private static void read(Kind kind, byte[] input) {
		try {
			kind.read(input);
		}
		catch (Throwable ex) {
			throw new AssertionError("The input in hexadecimal: " + HexFormat.of().formatHex(input), ex);
		}
	}

}
