package io.flyteconnect.internal.store.file;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The lines of a file of logins. Keeps invalid lines unchanged: one may be the login of
 * another connection, which a person can repair.
 */
final class StoreFileLines {

	private static final Pattern LINE = Pattern.compile("[A-Za-z0-9_-]+=[A-Za-z0-9_-]+");

	private final Map<String, String> logins = new TreeMap<>();

	private final List<String> damaged = new ArrayList<>();

	private int firstDamaged;

	static StoreFileLines of(byte[] content) {
		StoreFileLines lines = new StoreFileLines();
		int number = 0;
		// ISO-8859-1 keeps each byte of any encoding.
		for (String line : new String(content, StandardCharsets.ISO_8859_1).split("\n")) {
			lines.add(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line, ++number);
		}
		return lines;
	}

	private void add(String line, int number) {
		if (LINE.matcher(line).matches()) {
			int end = line.indexOf('=');
			this.logins.put(line.substring(0, end), line.substring(end + 1));
		}
		else if (!line.isEmpty()) {
			this.damaged.add(line);
			this.firstDamaged = (this.firstDamaged == 0) ? number : this.firstDamaged;
		}
	}

	@Nullable String get(String login) {
		return this.logins.get(login);
	}

	void put(String login, String text) {
		this.logins.put(login, text);
	}

	void remove(String login) {
		this.logins.remove(login);
	}

	/**
	 * Return the number of the first damaged line, 0 if there is none.
	 */
	int firstDamaged() {
		return this.firstDamaged;
	}

	byte[] content() {
		StringBuilder text = new StringBuilder();
		this.logins.forEach((login, value) -> text.append(login).append('=').append(value).append('\n'));
		this.damaged.forEach((line) -> text.append(line).append('\n'));
		return text.toString().getBytes(StandardCharsets.ISO_8859_1);
	}

}
