package io.flyteconnect.documentation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
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

	static final List<String> MODULES = List.of("flyte-connect-autoconfigure", "flyte-connect-test",
			"flyte-connect-samples/cli", "flyte-connect-samples/dashboard");

	/**
	 * Texts of three words that no rule of {@link MessageScanner} tells from messages, by
	 * the reason why they are none.
	 */
	private static final Map<String, Set<String>> NO_MESSAGES = Map.of( //
			"SQL", Set.of(
					"UPDATE oauth2_authorized_client SET access_token_type = ?, access_token_scopes = ?{} AND"
							+ " access_token_scopes = ?",
					"DELETE FROM oauth2_authorized_client{} AND access_token_type = ?",
					"INSERT INTO oauth2_authorized_client (client_registration_id, principal_name, access_token_type,"
							+ " access_token_value, access_token_issued_at, access_token_expires_at,"
							+ " access_token_scopes) VALUES (?, ?, ?, ?, ?, ?, ?)"),
			"headers of HTTP, and formats",
			Set.of("default-src 'none'; style-src '{}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
					"default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none';"
							+ " frame-ancestors 'none'",
					"d MMM uuuu, HH:mm:ss 'UTC'"),
			"texts of gRPC that are recognized", Set.of("HTTP status code", "Failed to resolve name"),
			"caught, and said in other words", Set.of("Out of range"), //
			"what no Java does",
			Set.of("Every Java platform has SHA-256", "A text cannot be written to memory", "Answers are only read",
					"Token responses are only read", "This Java cannot sign", "This Java has no MD5",
					"This Java has no RSA keys", "This Java has no SHA-256"),
			"checks of a programmer's arguments, where no setting or argument of a user is passed on",
			Set.of("A login with a browser needs this value",
					"A request that waits must not be made on the thread it waits for",
					"A token has to live for one second or longer", "The channel is not there yet",
					"The secret is closed", "'bundle' must be the one that the settings name",
					"'bytes' must be positive", "'connectTimeout' must be at least a millisecond",
					"'deadline' must be positive", "'idleTimeout' must be at least a millisecond",
					"'maxConnections' must be positive", "'number' must not be negative",
					"A TLS context belongs to an https URL, and only to such a one",
					"The URL of a Connect server has the scheme http or https and a host, unlike '{}'",
					"'first' must be one millisecond or more", "'longest' must not be longer than 292 years",
					"'longest' must not be shorter than 'first'", "'maxResponseSize' must be positive and below 2 GiB",
					"'timeout' must not be negative", "'totalTimeout' must be at least a millisecond",
					"'uri' must be set"),
			"names and data of the test server",
			Set.of("<h1>The device is logged in</h1>", "CN=Flyte Connect Test CA", "Flyte test identity provider",
					"Getting started with Flyte", "No longer needed", "The input has no rows"),
			"labels of the dashboard",
			Set.of("TLS, certificate not verified", "TLS, trusts the SSL bundle {}", "Terminated in the dashboard",
					"client credentials of {}", "none unless Flyte asks for one (PKCE)",
					"none unless Flyte asks for one (device flow)", "the JVM's authorities", "token of a command",
					"{}, the active version", "{}, the active version; the newest is {}",
					"{}, the newest version, as none is active", "It gave none.", "It has failed, so it gave none.",
					"It ran out of time, so it gave none.", "It was terminated, so it gave none.",
					"There are none before it has succeeded."));

	@Test
	void whenAUserCanMeetAMessageThenThePageListsItOnce() throws IOException {
		Map<String, Long> listed = MessagePage.read(page()).messages();
		SortedMap<String, SortedSet<String>> code = code();
		Set<String> excluded = NO_MESSAGES.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
		assertThat(code.keySet()).hasSizeGreaterThan(500).containsAll(excluded);
		code.keySet().removeAll(excluded);
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

	private static SortedMap<String, SortedSet<String>> code() {
		SortedMap<String, SortedSet<String>> code = new TreeMap<>();
		for (String module : MODULES) {
			MessageSources.templates(ROOT.resolve(module).resolve("src").resolve("main").resolve("java"))
				.forEach((text, files) -> code.computeIfAbsent(text, (key) -> new TreeSet<>()).addAll(files));
		}
		return code;
	}

	private static String lines(Set<String> texts) {
		return texts.stream().sorted().map((text) -> "\n  " + text).collect(Collectors.joining());
	}

}
