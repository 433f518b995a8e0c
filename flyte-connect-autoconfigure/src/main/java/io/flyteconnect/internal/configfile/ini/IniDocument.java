package io.flyteconnect.internal.configfile.ini;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.configfile.Excerpt;
import io.flyteconnect.internal.configfile.FlyteFileText;
import io.flyteconnect.internal.configfile.InvalidFlyteFileException;

/**
 * Reads an INI file as Python's {@code configparser.ConfigParser} does with its defaults:
 * {@code =} or {@code :}, comments at the start of a line, indented lines that continue a
 * value, options in any case, no duplicates.
 */
final class IniDocument {

	static final String DEFAULT_SECTION = "DEFAULT";

	private static final char NEXT_LINE = '\u0085';

	private static final Pattern SECTION = Pattern.compile("\\[(.+)].*");

	private final FlyteFileText file;

	private final Map<String, Map<String, Value>> sections = new LinkedHashMap<>();

	private final Set<String> seen = new HashSet<>();

	private @Nullable Map<String, Value> section;

	private String sectionName = "";

	private @Nullable Value value;

	private int indent;

	private IniDocument(FlyteFileText file) {
		this.file = file;
		this.sections.put(DEFAULT_SECTION, new LinkedHashMap<>());
	}

	/**
	 * Read a file.
	 * @param file the file
	 * @return options by section, with those of {@code DEFAULT} on their own
	 * @throws InvalidFlyteFileException if the file is not a valid INI file
	 */
	static Map<String, Map<String, Value>> read(FlyteFileText file) {
		IniDocument document = new IniDocument(file);
		String[] lines = file.text().split("\r\n|\r|\n", -1);
		for (int i = 0; i < lines.length; i++) {
			document.line(lines[i], i);
		}
		return document.sections;
	}

	private void line(String line, int number) {
		String text = strip(line, true, true);
		if (text.startsWith("#") || text.startsWith(";")) {
			return;
		}
		if (text.isEmpty()) {
			if (this.value != null) {
				this.value.append("");
			}
			return;
		}
		int column = line.indexOf(text);
		if (this.value != null && column > this.indent) {
			this.value.append(text);
			return;
		}
		this.indent = column;
		Matcher header = SECTION.matcher(text);
		if (header.matches()) {
			section(header.group(1), number, column);
		}
		else if (this.section == null) {
			throw invalid(number, column, "There is no section before this line.",
					"Begin the file with a section such as [platform], or name it .yaml if it is YAML.");
		}
		else {
			option(this.section, text, number, column);
		}
	}

	private void section(String name, int number, int column) {
		if (!name.equals(DEFAULT_SECTION) && this.sections.containsKey(name)) {
			throw invalid(number, column, "The section [" + Excerpt.of(name) + "] is there twice.",
					"Join the two sections.");
		}
		this.section = this.sections.computeIfAbsent(name, (key) -> new Section(number));
		this.sectionName = name;
		this.value = null;
	}

	private void option(Map<String, Value> section, String text, int number, int column) {
		int delimiter = delimiter(text);
		if (delimiter < 1) {
			throw invalid(number, column, "The line is neither a section nor 'option = value'.",
					"Correct the line, or begin it with '#' to make it a comment.");
		}
		String option = strip(text.substring(0, delimiter), false, true).toLowerCase(Locale.ROOT);
		if (!this.seen.add(this.sectionName + "\n" + option)) {
			throw invalid(number, column,
					"The option '" + Excerpt.of(option) + "' of [" + Excerpt.of(this.sectionName) + "] is there twice.",
					"Remove one of the two.");
		}
		String value = strip(text.substring(delimiter + 1), true, false);
		this.value = new Value(value, number, column + text.length() - value.length());
		section.put(option, this.value);
	}

	private static String strip(String text, boolean leading, boolean trailing) {
		int begin = 0;
		int end = text.length();
		while (leading && begin < end && isSpace(text.charAt(begin))) {
			begin++;
		}
		while (trailing && end > begin && isSpace(text.charAt(end - 1))) {
			end--;
		}
		return text.substring(begin, end);
	}

	// Python's str.strip, which configparser uses: no-break spaces and the next-line sign
	// as well.
	private static boolean isSpace(char each) {
		return Character.isWhitespace(each) || Character.isSpaceChar(each) || each == NEXT_LINE;
	}

	private static int delimiter(String text) {
		for (int i = 0; i < text.length(); i++) {
			if (text.charAt(i) == '=' || text.charAt(i) == ':') {
				return i;
			}
		}
		return -1;
	}

	private InvalidFlyteFileException invalid(int line, int column, String reason, String action) {
		return this.file.invalid(line, column, reason, action, null);
	}

	/**
	 * The options of a section, and where it begins.
	 */
	static final class Section extends LinkedHashMap<String, Value> {

		private final transient int line;

		private Section(int line) {
			this.line = line;
		}

		int line() {
			return this.line;
		}

	}

	/**
	 * The value of an option, before interpolation, and where it begins.
	 */
	static final class Value {

		private final StringBuilder text;

		private final int line;

		private final int column;

		private Value(String text, int line, int column) {
			this.text = new StringBuilder(text);
			this.line = line;
			this.column = column;
		}

		private void append(String continuation) {
			this.text.append('\n').append(continuation);
		}

		String text() {
			return strip(this.text.toString(), false, true);
		}

		int line() {
			return this.line;
		}

		int column() {
			return this.column;
		}

	}

}
