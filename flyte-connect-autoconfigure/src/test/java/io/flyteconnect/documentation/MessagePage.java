package io.flyteconnect.documentation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The page of messages: tables whose rows are a message, its cause and what to do. A
 * message, or a part of one, is in a code span in any of the three columns.
 */
final class MessagePage {

	private static final Pattern CELL_END = Pattern.compile("(?<!\\\\)\\|");

	private static final Pattern SPAN = Pattern.compile("`([^`]+)`");

	private final List<List<String>> rows;

	private MessagePage(List<List<String>> rows) {
		this.rows = rows;
	}

	static MessagePage read(Path file) throws IOException {
		return new MessagePage(Files.readAllLines(file)
			.stream()
			.filter((line) -> line.startsWith("| ") && !line.startsWith("| ---") && !line.startsWith("| message |"))
			.map((line) -> CELL_END.splitAsStream(line.substring(1)).map(String::strip).toList())
			.toList());
	}

	List<List<String>> rows() {
		return this.rows;
	}

	/**
	 * Return each message of the page with the number of times that it is there.
	 */
	Map<String, Long> messages() {
		return this.rows.stream()
			.flatMap(List::stream)
			.flatMap(
					(cell) -> SPAN.matcher(cell).results().map((MatchResult span) -> span.group(1).replace("\\|", "|")))
			.filter(MessageScanner::isMessage)
			.collect(Collectors.groupingBy((message) -> message, TreeMap::new, Collectors.counting()));
	}

}
