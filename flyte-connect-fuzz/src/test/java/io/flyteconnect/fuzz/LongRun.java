package io.flyteconnect.fuzz;

import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * The long run: as many inputs of each kind as are asked for, made with a seed. Prints a
 * row of a table for each kind, and each new find to standard error.
 */
public final class LongRun {

	private LongRun() {
	}

	/**
	 * Run.
	 * @param arguments how many inputs of each kind, the seed, and kinds if not all
	 */
	public static void main(String[] arguments) {
		long inputs = Long.parseLong(arguments[0]);
		long seed = Long.parseLong(arguments[1]);
		List<String> names = (arguments.length > 2) ? List.of(arguments).subList(2, arguments.length) : Kind.NAMES;
		for (String name : names) {
			long start = System.nanoTime();
			int finds = run(Kind.of(name), inputs, seed);
			System.out.printf("| %s | %d | %d | %d | %d s |%n", name, inputs, seed, finds,
					(System.nanoTime() - start) / 1_000_000_000);
		}
		System.exit(0);
	}

	private static int run(Kind kind, long inputs, long seed) {
		Set<String> finds = new HashSet<>();
		Mutations mutations = new Mutations(seed, kind.corpus());
		for (long i = 0; i < inputs; i++) {
			byte[] input = mutations.next();
			try {
				kind.read(input);
			}
			catch (Throwable ex) {
				if (finds.add(place(ex))) {
					System.err.println(kind.name() + " " + HexFormat.of().formatHex(input));
					ex.printStackTrace();
				}
			}
		}
		return finds.size();
	}

	/** Finds of the same place in the code are one. */
	private static String place(Throwable ex) {
		Throwable root = ex;
		while (root.getCause() != null) {
			root = root.getCause();
		}
		StackTraceElement[] trace = root.getStackTrace();
		String message = String.valueOf(ex.getMessage());
		return root.getClass().getName() + ((trace.length > 0) ? trace[0] : "")
				+ message.substring(0, Math.min(24, message.length()));
	}

}
