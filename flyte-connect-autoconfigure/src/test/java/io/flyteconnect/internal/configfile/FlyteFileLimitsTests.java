package io.flyteconnect.internal.configfile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.flyteconnect.internal.configfile.ini.IniFlyteFileReader;
import io.flyteconnect.internal.configfile.yaml.YamlFlyteFileReader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Whatever a file holds, it is read in a time that its length allows. What took a time
 * that grows with a power of the length would not end within these limits.
 */
@Tag("once")
@Timeout(60)
class FlyteFileLimitsTests {

	private static final int MANY = 500_000;

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path folder;

	@Test
	void whenDurationHasManyPartsThenItIsTheirSum() {
		assertThat(GoDuration.parse("1s".repeat(MANY))).isEqualTo(Duration.ofSeconds(MANY));
		assertThat(GoDuration.parse("0".repeat(MANY) + "7s")).isEqualTo(Duration.ofSeconds(7));
		assertThat(GoDuration.parse("0." + "3".repeat(MANY) + "s")).isEqualTo(Duration.ofNanos(333_333_333));
	}

	@ParameterizedTest
	@ValueSource(strings = { "1", "1.", ".1", "1s.", "s", "1h1" })
	void whenDurationIsLongAndNoneThenItIsRefusedWithTheBeginning(String part) {
		assertThatIllegalArgumentException().isThrownBy(() -> GoDuration.parse(part.repeat(MANY)))
			.satisfies((ex) -> assertThat(ex.getMessage()).hasSizeLessThan(250)
				.contains(part.repeat(20) + part.charAt(0))
				.contains("characters)"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "[platform]\na%s\n", "[platform]\na%s = b\nurl = h\n", "[%s\n", "[platform]\nurl =%sh\n",
			"%s[platform]\nurl=h\n" })
	void whenIniLineIsFullOfBlanksThenItIsRead(String text) {
		attempt("flytekit.config", String.format(text, " ".repeat(MANY)));
		attempt("flytekit.config", String.format(text, "\t\u3000".repeat(MANY / 4)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "[platform]\nurl = %s\n", "%s", "[platform]\n%s\n" })
	void whenIniRepeatsASignThenItIsRead(String text) {
		for (String sign : new String[] { "%(", "%%", "[", "]", "=", ":", "x\n", " x\n", "%(url)s" }) {
			attempt("flytekit.config", String.format(text, sign.repeat(MANY / 4)));
		}
	}

	@Test
	void whenIniOptionsMultiplyThenTheyAreRefused() {
		for (String last : new String[] { "", "x", "x".repeat(10_000) }) {
			StringBuilder text = new StringBuilder("[platform]\na9 = " + last + "\nurl = %(a1)s\n");
			for (int i = 1; i < 9; i++) {
				text.append("a" + i + " = " + ("%(a" + (i + 1) + ")s").repeat(20) + "\n");
			}
			refused("flytekit.config", text.toString(), "references, or 1 MiB of text");
		}
	}

	@Test
	void whenYamlMergesMultiplyThenTheyAreRefused() {
		StringBuilder text = new StringBuilder("a0: &a0 {k: v}\n");
		for (int i = 1; i < 10; i++) {
			text.append("a" + i + ": &a" + i + "\n  <<: [" + ("*a" + (i - 1) + ", ").repeat(5) + "]\n");
		}
		refused("config.yaml", text + "admin:\n  <<: *a9\n  endpoint: h\n", "more than 10000 keys");
	}

	@Test
	void whenYamlAliasesMultiplyThenTheyCostNothing() {
		StringBuilder text = new StringBuilder("a0: &a0 [v]\n");
		for (int i = 1; i < 10; i++) {
			text.append("a" + i + ": &a" + i + " [" + "*a".concat(i - 1 + ", ").repeat(5) + "]\n");
		}
		assertThat(attempt("config.yaml", text + "admin: {endpoint: h}\n")).contains("platform.url");
		refused("config.yaml", text + "? *a9\n: x\n", "A key is no single value");
		refused("config.yaml", "a: &a\n  <<: *a\nadmin: {endpoint: h}\n", "merged into itself");
		refused("config.yaml", "a: &a\n  b: &b\n    <<: *a\n  <<: *b\n", "merged into itself");
	}

	@ParameterizedTest
	@ValueSource(strings = { "[", "{", "- ", "? ", "&a ", "*", "!", "1", "1:", "1_", "0x", ".1", "'", "\"", "\\",
			"|\n ", "a: ", "a:\n", "#", "%", "---\n", "2001-01-01 ", "<<: " })
	void whenYamlRepeatsASignThenItIsRead(String sign) {
		attempt("config.yaml", "admin:\n  endpoint: h\n  x: " + sign.repeat(20_000));
		attempt("config.yaml", sign.repeat(20_000));
	}

	@ParameterizedTest
	@ValueSource(strings = { "[", "{ ? ", "- ", "? ", "{a: " })
	void whenYamlIsNestedTooDeeplyThenPlaceAndReasonAreSaid(String sign) {
		refused("config.yaml", "admin:\n  x: y\n  z:\n    " + sign.repeat(5000) + "1",
				"is nested deeper than 50 levels");
		refused("config.yaml", "admin:\n  x: y\n  z:\n    " + sign.repeat(5000) + "1", "config.yaml:4:");
	}

	@ParameterizedTest
	@ValueSource(strings = { "0000", "0007", "FFFE", "001B", "009B" })
	void whenYamlHasACharacterThatItForbidsThenPlaceAndCharacterAreSaid(String code) {
		String text = "admin:\n  endpoint: " + Character.toString(Integer.parseInt(code, 16)) + "h\n";
		refused("config.yaml", text, "config.yaml:2:13");
		refused("config.yaml", text, "YAML forbids the character U+" + code);
		refused("config.yaml", "# \uD83D\uDE00\n\n\"" + text, "config.yaml:4:13");
	}

	@Test
	void whenYamlIsMadeOfManyKeysThenItIsRead() {
		StringBuilder text = new StringBuilder("admin:\n  endpoint: h\n");
		for (int i = 0; i < 30_000; i++) {
			text.append("  key" + i + ": " + i + "\n");
		}
		attempt("config.yaml", text.toString());
	}

	@ParameterizedTest
	@ValueSource(strings = { "command", "proxyCommand", "scopes" })
	void whenYamlListHasVeryManyItemsThenItIsRefusedAndOtherwiseReadWhole(String list) {
		refused("config.yaml", "admin:\n  " + list + ": [" + "a,".repeat(100_000) + "]\n",
				"'admin." + list + "' has more than 1000 items.");
		refused("config.yaml", "admin:\n  " + list + ":\n" + "  - a\n".repeat(1001), "config.yaml:1003:5");
		assertThat(read("config.yaml", "admin: {" + list + ": [" + "a,".repeat(1000) + "]}\n").properties())
			.hasSize(1000);
	}

	@Test
	void whenTextLooksLikeManyPlaceholdersThenItIsEscaped() {
		assertThat(PlaceholderText.escape("${a}".repeat(MANY))).isEqualTo("\\${a}".repeat(MANY));
		assertThat(PlaceholderText.escape("${".repeat(MANY))).isEqualTo("${".repeat(MANY));
	}

	@ParameterizedTest
	@ValueSource(strings = { "config.yaml", "flytekit.config" })
	void whenFileIsADeviceAPipeOrTooLargeThenThatIsSaid(String name) throws Exception {
		Path file = Files.createSymbolicLink(this.folder.resolve(name), Path.of("/dev/zero"));
		refused(file, "The file is no regular file.");
		Files.delete(file);
		assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
		refused(file, "The file is no regular file.");
		Files.delete(file);
		refused(Files.write(file, new byte[1024 * 1024 + 1]), "The file is larger than 1 MiB.");
	}

	@Test
	void whenFileIsALinkOfKubernetesThenItIsRead() throws IOException {
		Files.createDirectory(this.folder.resolve("..2026"));
		Files.writeString(this.folder.resolve("..2026/config.yaml"), "admin: {endpoint: h}");
		Files.createSymbolicLink(this.folder.resolve("..data"), Path.of("..2026"));
		Path file = Files.createSymbolicLink(this.folder.resolve("config.yaml"), Path.of("..data/config.yaml"));
		FlyteFile read = new FlyteFiles(process()).read(file.toString(), "a test");
		assertThat(read).isNotNull().satisfies((found) -> assertThat(found.properties()).containsKey("platform.url"));
	}

	/** What is read, or why it is not: anything but a failure of the reader itself. */
	private String attempt(String name, String text) {
		try {
			return read(name, text).properties().keySet().toString();
		}
		catch (InvalidFlyteFileException ex) {
			assertThat(ex.getMessage()).hasSizeLessThan(500);
			return ex.getMessage();
		}
	}

	private void refused(String name, String text, String reason) {
		assertThatExceptionOfType(InvalidFlyteFileException.class).isThrownBy(() -> read(name, text))
			.withMessageContaining(reason)
			.satisfies((ex) -> assertThat(ex.getMessage()).hasSizeLessThan(500));
	}

	private void refused(Path file, String reason) {
		assertThatExceptionOfType(InvalidFlyteFileException.class)
			.isThrownBy(() -> new FlyteFiles(process()).read(file.toString(), "a test"))
			.satisfies((ex) -> assertThat(ex.getReason()).isEqualTo(reason))
			.satisfies((ex) -> assertThat(ex.getLocation()).isEqualTo(file.toString()));
	}

	private FlyteFile read(String name, String text) {
		FlyteFileText file = new FlyteFileText(Path.of(name), text);
		return name.endsWith("yaml") ? new YamlFlyteFileReader(file).read() : new IniFlyteFileReader(file).read();
	}

	private ProcessEnvironment process() {
		return new ProcessEnvironment(Map.of(), this.folder, this.folder);
	}

}
