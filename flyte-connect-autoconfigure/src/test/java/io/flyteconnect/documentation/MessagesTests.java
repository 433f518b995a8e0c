package io.flyteconnect.documentation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares the page of messages with the sources.
 */
@Tag("once")
class MessagesTests {

	static final Path ROOT = Path.of("..");

	/**
	 * Texts of three words that no rule of {@link MessageScanner} tells from messages.
	 */
	private static final Map<String, String> NO_MESSAGES = Map.of( //
			"SELECT client_registration_id FROM oauth2_authorized_client WHERE client_registration_id = ? AND"
					+ " principal_name = ? FOR UPDATE",
			"SQL",
			"INSERT INTO oauth2_authorized_client (client_registration_id, principal_name, access_token_type,"
					+ " access_token_value, access_token_issued_at, access_token_expires_at) VALUES (?, ?, ?, ?, ?, ?)",
			"SQL", "default-src 'none'; style-src '{}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
			"a header of HTTP", //
			"HTTP status code", "a text of gRPC that is recognized", //
			"Failed to resolve name", "a text of gRPC that is recognized", //
			"Out of range", "is caught, and said in other words", //
			"Every Java platform has SHA-256", "cannot happen", //
			"A text cannot be written to memory", "cannot happen", //
			"Answers are only read", "cannot happen", //
			"Token responses are only read", "cannot happen");

	@Test
	void whenAUserCanMeetAMessageThenThePageListsItOnce() throws IOException {
		Map<String, Long> listed = MessagePage.read(page()).messages();
		SortedMap<String, SortedSet<String>> code = MessageSources.templates(sources("flyte-connect-autoconfigure"));
		assertThat(code).hasSizeGreaterThan(400).containsKeys(NO_MESSAGES.keySet().toArray(String[]::new));
		code.keySet().removeAll(NO_MESSAGES.keySet());
		Set<String> missing = new TreeSet<>(code.keySet());
		missing.removeAll(listed.keySet());
		Set<String> unknown = new TreeSet<>(listed.keySet());
		unknown.removeAll(code.keySet());
		Set<String> repeated = listed.entrySet()
			.stream()
			.filter((entry) -> entry.getValue() > 1)
			.map(Map.Entry::getKey)
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(missing.isEmpty() && unknown.isEmpty() && repeated.isEmpty())
			.withFailMessage(() -> "Messages of the code that docs/troubleshooting.md does not list:"
					+ lines(missing.stream().map((text) -> text + "   " + code.get(text)).collect(Collectors.toSet()))
					+ "\nMessages of the page that the code does not have:" + lines(unknown)
					+ "\nMessages that are on the page more than once:" + lines(repeated))
			.isTrue();
	}

	@Test
	void whenAMessageIsListedThenCauseAndRemedyAreSaid() throws IOException {
		assertThat(MessagePage.read(page()).rows()).hasSizeGreaterThan(300)
			.allSatisfy((row) -> assertThat(row).hasSize(3).doesNotContain(""));
	}

	@Test
	void whenTheReadmeIsReadThenItLeadsToThePage() throws IOException {
		assertThat(Files.readString(ROOT.resolve("README.md"))).contains("(docs/troubleshooting.md)");
	}

	private static Path page() {
		return ROOT.resolve("docs").resolve("troubleshooting.md");
	}

	private static Path sources(String module) {
		return ROOT.resolve(module).resolve("src").resolve("main").resolve("java");
	}

	private static String lines(Set<String> texts) {
		return texts.stream().sorted().map((text) -> "\n  " + text).collect(Collectors.joining());
	}

}
