package io.flyteconnect.integration.conformance.secret;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The forms in which bytes, or a text, may have been recorded as JSON. Each of them tells
 * all bytes.
 */
final class SecretBytes {

	private SecretBytes() {
	}

	/**
	 * Return the forms.
	 * @param text a text, or bytes with one character each
	 * @return the forms
	 */
	static Set<String> forms(String text) {
		Set<String> forms = new LinkedHashSet<>();
		forms.add(text);
		byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
		if (new String(bytes, StandardCharsets.ISO_8859_1).equals(text)) {
			forms.add(new String(bytes, StandardCharsets.UTF_8));
			forms.add(HexFormat.of().formatHex(bytes));
			forms.add(Base64.getEncoder().encodeToString(bytes));
			forms.add(literal(bytes));
		}
		return forms;
	}

	/** As Python prints bytes. */
	private static String literal(byte[] bytes) {
		StringBuilder literal = new StringBuilder();
		char quote = '\'';
		for (byte each : bytes) {
			quote = (each == '\'') ? '"' : quote;
		}
		for (byte each : bytes) {
			quote = (each == '"') ? '\'' : quote;
		}
		for (byte each : bytes) {
			char character = (char) (each & 0xff);
			literal.append(switch (character) {
				case '\t' -> "\\t";
				case '\n' -> "\\n";
				case '\r' -> "\\r";
				case '\\' -> "\\\\";
				default -> {
					if (character == quote) {
						yield "\\" + character;
					}
					yield (character < 0x20 || character > 0x7e) ? "\\x%02x".formatted((int) character)
							: String.valueOf(character);
				}
			});
		}
		return "b" + quote + literal + quote;
	}

}
