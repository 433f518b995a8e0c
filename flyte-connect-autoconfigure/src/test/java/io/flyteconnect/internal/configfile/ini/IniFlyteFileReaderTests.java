package io.flyteconnect.internal.configfile.ini;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.origin.OriginTrackedValue;

import io.flyteconnect.internal.configfile.FlyteFile;
import io.flyteconnect.internal.configfile.FlyteFileText;
import io.flyteconnect.internal.configfile.InvalidFlyteFileException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The dialect of Python's configparser; each expectation was seen in Python 3.11.
 */
class IniFlyteFileReaderTests {

	@ParameterizedTest
	@ValueSource(strings = { "url = a", "url: a", "URL=a", "url=a   ", "url\t=\ta", "# x\nurl = a", "; x\nurl = a",
			"other = x ; y\nurl = a", "  url = a" })
	void whenOptionIsWrittenInAnyWayThenRead(String line) {
		assertThat(value("[platform]\n" + line + "\n", "platform.url")).isEqualTo("a");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "url = a=b:c | a=b:c", "url : a=b | a=b", "url = a # b | a # b", "url = 'a' | 'a'",
					"url = a%%b | a%b", "url = %(host)s:1 | h:1", "url = %(HOST)s%(host)s | hh" })
	void whenValueHasSignsThenTheyAreReadAsPythonDoes(String line, String expected) {
		assertThat(value("[platform]\nhost = h\n" + line, "platform.url")).isEqualTo(expected);
	}

	@Test
	void whenLinesAreIndentedThenTheyContinueTheValue() {
		assertThat(value("[credentials]\ncommand = a,\n  b,\n\n  # comment\n  c\nscopes = x", "credentials.command"))
			.isEqualTo("a,\nb,\n\nc");
	}

	@Test
	void whenDefaultHasOptionThenItFillsInSectionsThatAreThere() {
		String text = "[DEFAULT]\nurl = d\nclient_id = id\n[platform]\ninsecure = true\n";
		assertThat(value(text, "platform.url")).isEqualTo("d");
		assertThat(value(text, "credentials.client-id")).isNull();
		assertThat(value("[DEFAULT]\nurl = d\n[platform]\nurl = p\n", "platform.url")).isEqualTo("p");
	}

	@Test
	void whenHeaderHasTextBehindThenItIsAHeader() {
		assertThat(value("[platform] ; x\nurl = a", "platform.url")).isEqualTo("a");
	}

	@Test
	void whenLinesEndAsOnWindowsThenRead() {
		assertThat(value("[platform]\r\nurl = a\r\ninsecure = true\r\n", "platform.url")).isEqualTo("a");
	}

	@Test
	void whenSectionIsOfAnotherToolThenIgnored() {
		FlyteFile file = read("[images]\na = %bad\n[platform]\nurl = a");
		assertThat(file.properties()).containsOnlyKeys("platform.url");
	}

	@ParameterizedTest
	@ValueSource(strings = { "client_secret s3cret==", "client_secret\ts3cret: x", "client_id s3cret = x" })
	void whenTheSignBeforeASecretIsMissingThenWarningsDoNotShowIt(String line) {
		assertThat(read("[credentials]\n" + line).warnings()).anySatisfy(
				(warning) -> assertThat(warning).contains("mean nothing: [credentials] client_", " ... (line 2)")
					.doesNotContain("s3cret"));
	}

	@Test
	void whenReadThenLineAndColumnAreKnown() {
		OriginTrackedValue value = read("[platform]\n\nurl =   a\n").properties().get("platform.url");
		assertThat(Objects.requireNonNull(value).getOrigin()).hasToString("file [/x/flytekit.config] - 3:9");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "url = a | 1:1 | There is no section before this line",
			"[a]\\n[a] | 2:1 | section [a] is there twice",
			"[platform]\\nurl=a\\nURL=b | 3:1 | option 'url' of [platform] is there twice",
			"[platform]\\nurl | 2:1 | neither a section nor", "[platform]\\n= a | 2:1 | neither a section nor",
			"[platform]\\nurl = 50% | 2:7 | percent sign", "[platform]\\nurl = %(no)s | 2:7 | no option 'no'",
			"[platform]\\nurl = %(url)s | 2:7 | deeper than", "[platform]\\ninsecure = | 2:11 | neither true nor false",
			"\uFEFF[platform] | 1:1 | no section before" })
	void whenFileCannotMeanAnythingThenPlaceIsKnown(String text, String place, String reason) {
		assertThatExceptionOfType(InvalidFlyteFileException.class).isThrownBy(() -> read(text.replace("\\n", "\n")))
			.withMessageContaining(reason)
			.satisfies((ex) -> assertThat(ex.getLocation()).isEqualTo("/x/flytekit.config:" + place));
	}

	@Test
	void whenSectionIsInternalThenRefused() {
		assertThatExceptionOfType(InvalidFlyteFileException.class).isThrownBy(() -> read("[internal]\n"))
			.withMessageContaining("[internal]");
	}

	@Test
	void whenSecretCannotBeInterpolatedThenItIsNotShown() {
		assertThatExceptionOfType(InvalidFlyteFileException.class)
			.isThrownBy(() -> read("[credentials]\nclient_secret = s3cret%x"))
			.satisfies((ex) -> assertThat(ex.getMessage() + ex.getAction()).doesNotContain("s3cret")
				.contains("client_secret")
				.contains("'%%'"));
	}

	private static @Nullable Object value(String text, String property) {
		Map<String, OriginTrackedValue> properties = read(text).properties();
		OriginTrackedValue value = properties.get(property);
		return (value != null) ? value.getValue() : null;
	}

	private static FlyteFile read(String text) {
		return new IniFlyteFileReader(new FlyteFileText(Path.of("/x/flytekit.config"), text)).read();
	}

}
