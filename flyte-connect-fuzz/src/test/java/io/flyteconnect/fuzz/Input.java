package io.flyteconnect.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * An input: its first byte chooses between ways of reading, the rest is what is read.
 *
 * @param choice the first byte
 * @param bytes the rest
 */
public record Input(int choice, byte[] bytes) {

	/**
	 * Take an input apart.
	 * @param data the input as it is made
	 * @return the input
	 */
	public static Input of(byte[] data) {
		return (data.length == 0) ? new Input(0, data) : new Input(data[0], Arrays.copyOfRange(data, 1, data.length));
	}

	/**
	 * Return one of the choices.
	 * @param bit its number from 0 to 6
	 * @return whether it is taken
	 */
	public boolean is(int bit) {
		return (this.choice >> bit & 1) == 1;
	}

	/**
	 * Return what is read as text. A surrogate alone, which no UTF-8 has, is written as
	 * {@code U+FFFE}.
	 * @return the text
	 */
	public String text() {
		return new String(this.bytes, StandardCharsets.UTF_8).replace('\uFFFE', '\uD800');
	}

	/**
	 * Return the lines of the text.
	 * @param count how many
	 * @return that many lines, empty ones where it has fewer
	 */
	public String[] lines(int count) {
		String[] lines = Arrays.copyOf(text().split("\n", count), count);
		for (int i = 0; i < count; i++) {
			lines[i] = (lines[i] != null) ? lines[i] : "";
		}
		return lines;
	}

}
