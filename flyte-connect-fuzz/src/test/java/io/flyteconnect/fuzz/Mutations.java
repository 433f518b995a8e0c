package io.flyteconnect.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Inputs made of others, the same ones for the same seed.
 */
final class Mutations {

	private static final int MOST_AT_ONCE = 6;

	private static final int LONGEST = 4096;

	/** Bytes that mean something in most grammars. */
	private static final byte[] SIGNS = "\0\t\n\r \"#$%&'()*+,-./0:;<=>?@[\\]^_`{|}~\u007f"
		.getBytes(StandardCharsets.US_ASCII);

	private final SplittableRandom random;

	private final Corpus corpus;

	Mutations(long seed, Corpus corpus) {
		this.random = new SplittableRandom(seed);
		this.corpus = corpus;
	}

	byte[] next() {
		byte[] input = any(this.corpus.seeds());
		for (int i = this.random.nextInt(MOST_AT_ONCE); i >= 0; i--) {
			input = mutate(input);
		}
		return (input.length > LONGEST) ? Arrays.copyOf(input, LONGEST) : input;
	}

	private byte[] mutate(byte[] input) {
		int from = this.random.nextInt(input.length + 1);
		int to = from + this.random.nextInt(Math.min(16, input.length - from) + 1);
		return switch (this.random.nextInt(8)) {
			case 0 -> replaced(input, from, to, new byte[0]);
			case 1 -> replaced(input, from, to, new byte[] { (byte) this.random.nextInt(256) });
			case 2 -> replaced(input, from, from, new byte[] { SIGNS[this.random.nextInt(SIGNS.length)] });
			case 3, 4 -> replaced(input, from, (this.random.nextInt(2) == 0) ? from : to, any(this.corpus.tokens()));
			case 5 -> replaced(input, to, to, repeated(Arrays.copyOfRange(input, from, to)));
			case 6 -> replaced(input, 0, Math.min(1, input.length), new byte[] { (byte) this.random.nextInt(128) });
			default -> joined(input, from, any(this.corpus.seeds()));
		};
	}

	private byte[] any(List<byte[]> choices) {
		return choices.get(this.random.nextInt(choices.size()));
	}

	private byte[] repeated(byte[] part) {
		ByteArrayOutputStream result = new ByteArrayOutputStream();
		int times = (this.random.nextInt(10) == 0) ? 200 : 1 + this.random.nextInt(4);
		for (int i = 0; i < times; i++) {
			result.writeBytes(part);
		}
		return result.toByteArray();
	}

	private byte[] joined(byte[] input, int at, byte[] other) {
		int from = this.random.nextInt(other.length + 1);
		return replaced(input, at, input.length, Arrays.copyOfRange(other, from, other.length));
	}

	private static byte[] replaced(byte[] input, int from, int to, byte[] by) {
		byte[] result = new byte[input.length - (to - from) + by.length];
		System.arraycopy(input, 0, result, 0, from);
		System.arraycopy(by, 0, result, from, by.length);
		System.arraycopy(input, to, result, from + by.length, input.length - to);
		return result;
	}

}
