package io.flyteconnect.internal.configfile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.origin.OriginTrackedValue;
import org.springframework.boot.origin.TextResourceOrigin;

import io.flyteconnect.testsupport.BrokenDisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@Tag("once")
class FlyteFilesTests {

	private final Path folder;

	FlyteFilesTests(@TempDir Path folder) {
		this.folder = folder;
	}

	@Test
	void whenNothingIsThereThenNoFile() {
		assertThat(read(null, Map.of())).isNull();
	}

	@Test
	void whenSeveralAreThereThenFirstOfTheOrderCounts() throws IOException {
		write("home/.flyte/config.yaml", "admin: {endpoint: fourth}");
		assertThat(url(read(null, Map.of()))).isEqualTo("fourth");
		write("home/.flyte/config", "[platform]\nurl=third");
		assertThat(url(read(null, Map.of()))).isEqualTo("third");
		write("cwd/flytekit.config", "[platform]\nurl=second");
		assertThat(url(read(null, Map.of()))).isEqualTo("second");
		Path flytectl = write("flytectl.yml", "admin: {endpoint: first}");
		Map<String, String> variables = Map.of("FLYTECTL_CONFIG", flytectl.toString());
		assertThat(url(read(null, variables))).isEqualTo("first");
		Path named = write("cwd/named.yaml", "admin: {endpoint: named}");
		assertThat(url(read("named.yaml", variables))).isEqualTo("named");
		assertThat(url(read(named.toString(), variables))).isEqualTo("named");
		assertThat(read("none", variables)).isNull();
	}

	@Test
	void whenPyflyteOverridesThenFlytectlConfigDoesNotCount() throws IOException {
		write("home/.flyte/config.yaml", "admin: {endpoint: discovered}");
		Path flytectl = write("flytectl.yml", "admin: {endpoint: flytectl}");
		Path override = write("override.ini", "[platform]\nurl=override");
		assertThat(url(read(null, variables(override.toString(), flytectl)))).isEqualTo("override");
		assertThat(url(read(null, variables("", flytectl)))).isEqualTo("discovered");
		assertThat(url(read(flytectl.toString(), variables(override.toString(), flytectl)))).isEqualTo("flytectl");
		assertThatExceptionOfType(InvalidFlyteFileException.class)
			.isThrownBy(() -> read(null, variables("nope.yaml", flytectl)))
			.withMessageContaining("environment variable _FLYTECTL_CONFIG_PYFLYTE_OVERRIDE names does not exist");
	}

	private static Map<String, String> variables(String override, Path flytectl) {
		return Map.of("_FLYTECTL_CONFIG_PYFLYTE_OVERRIDE", override, "FLYTECTL_CONFIG", flytectl.toString());
	}

	@Test
	void whenFlytectlConfigIsEmptyThenDiscovered() throws IOException {
		write("home/.flyte/config.yaml", "admin: {endpoint: fourth}");
		assertThat(url(read(null, Map.of("FLYTECTL_CONFIG", "")))).isEqualTo("fourth");
	}

	@ParameterizedTest
	@ValueSource(strings = { "cwd/config.yaml", "home/.flyte/config.yml", "home/.union/config.yaml" })
	void whenFlytekitDoesNotReadItThenNeitherDoWe(String name) throws IOException {
		write(name, "admin: {endpoint: other}");
		assertThat(read(null, Map.of())).isNull();
	}

	@Test
	void whenTildeIsNamedThenItIsAName() throws IOException {
		write("home/x.yaml", "admin: {endpoint: home}");
		assertThatExceptionOfType(InvalidFlyteFileException.class).isThrownBy(() -> read("~/x.yaml", Map.of()))
			.satisfies((ex) -> assertThat(ex.getLocation()).endsWith("cwd/~/x.yaml"))
			.satisfies((ex) -> assertThat(ex.getAction()).contains("'~' is not expanded"));
		write("cwd/~/x.yaml", "admin: {endpoint: tilde}");
		assertThat(url(read("~/x.yaml", Map.of()))).isEqualTo("tilde");
	}

	@Test
	void whenDiscoveredIniIsFolderThenItCountsAsEmptyWithWarning() throws IOException {
		write("home/.flyte/config/x", "");
		FlyteFile file = found(null);
		assertThat(file.properties()).isEmpty();
		assertThat(file.warnings()).singleElement().asString().contains("cannot be read");
	}

	@Test
	void whenNoUtf8ThenError() throws IOException {
		Files.write(write("cwd/a.yaml", ""), new byte[] { 'a', ':', (byte) 0xff });
		assertThatExceptionOfType(InvalidFlyteFileException.class).isThrownBy(() -> read("a.yaml", Map.of()))
			.withMessageContaining("no UTF-8 text");
	}

	@Test
	void whenYamlThenLineAndColumnOfEachValueAreKnown() throws IOException {
		write("cwd/a.yaml", "admin:\n  endpoint: a\n  scopes:\n    - x\n    - 'y z'\n");
		FlyteFile file = found("a.yaml");
		assertThat(file.properties()).containsOnlyKeys("platform.url", "credentials.scopes[0]",
				"credentials.scopes[1]");
		TextResourceOrigin origin = (TextResourceOrigin) Objects
			.requireNonNull(tracked(file, "credentials.scopes[1]").getOrigin());
		assertThat(origin.getLocation()).hasToString("5:7");
		assertThat(value(file, "credentials.scopes[1]")).isEqualTo("y z");
	}

	@Test
	void whenYamlKeyIsGivenTwiceThenLastCounts() throws IOException {
		write("cwd/a.yaml", "admin: {clientId: x}\nadmin:\n  endpoint: a\n  endpoint: b\n");
		FlyteFile file = found("a.yaml");
		assertThat(url(file)).isEqualTo("b");
		assertThat(file.properties()).doesNotContainKey("credentials.client-id");
	}

	@Test
	void whenYamlMergesAMapThenItFillsIn() throws IOException {
		write("cwd/a.yaml", "base: &base {endpoint: a, clientId: base}\nadmin:\n  <<: *base\n  endpoint: b\n");
		FlyteFile file = found("a.yaml");
		assertThat(url(file)).isEqualTo("b");
		assertThat(value(file, "credentials.client-id")).isEqualTo("base");
		assertThat(file.warnings()).isEmpty();
	}

	@Test
	void whenYamlKeyHasADotThenItIsNoPath() throws IOException {
		write("cwd/a.yaml", "admin.endpoint: a\n");
		assertThat(found("a.yaml").properties()).isEmpty();
	}

	@Test
	void whenConsoleIsNoMapThenIgnoredWithWarning() throws IOException {
		write("cwd/a.yaml", "admin: {endpoint: a}\nconsole: text\n");
		assertThat(url(found("a.yaml"))).isEqualTo("a");
		assertThat(found("a.yaml").warnings()).singleElement().asString().contains("'console'", "line 2");
	}

	@Test
	void whenValueIsEmptyListOrMapThenSameAsNothing() throws IOException {
		write("cwd/a.yaml", "admin: {insecure: [], clientId: {}, scopes: {}, command: []}\n");
		assertThat(found("a.yaml").properties()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "admin: {endpoint: [a]} | 1:19 | 'admin.endpoint' is not one value",
					"admin: {scopes: {a: b}} | 1:17 | 'admin.scopes' is not a list",
					"admin: {scopes: [[a], b]} | 1:18 | An item of 'admin.scopes' is no text",
					"admin: {pkceConfig: 5s} | 1:21 | 'pkceConfig' is no map",
					"admin: {maxBackoffDelay: soon} | 1:26 | 'soon' is no duration",
					"admin: !secret {} | 1:8 | no valid YAML", "just text | 1:1 | The top level is no map",
					"admin: [] | 1:8 | 'admin' is no map", "admin: {endpoint: []} | 1:19 | is not one value",
					"a: *b | 1:4 | no valid YAML" })
	void whenYamlCannotMeanAnythingThenPlaceIsKnown(String text, String place, String reason) throws IOException {
		Path file = write("cwd/a.yaml", text);
		assertThatExceptionOfType(InvalidFlyteFileException.class).isThrownBy(() -> read("a.yaml", Map.of()))
			.withMessageContaining(reason)
			.satisfies((ex) -> assertThat(ex.getLocation()).isEqualTo(file + ":" + place))
			.satisfies((ex) -> assertThat(ex.getAction()).isNotBlank());
	}

	@ParameterizedTest
	@CsvSource({ "checkAccess, look for, ''", "newByteChannel, read, ''", "checkAccess, look for, named.yaml",
			"readAttributes, look for, named.yaml" })
	void whenTheDiskOfAFileHangsThenThatIsSaid(String operation, String step, String configFile) throws IOException {
		Path found = write("cwd/flytekit.config", "[platform]\nurl=second");
		Path named = write("cwd/named.yaml", "admin: {endpoint: named}");
		Path file = configFile.isEmpty() ? found : named;
		try (BrokenDisk disk = new BrokenDisk()) {
			ProcessEnvironment process = new ProcessEnvironment(Map.of(), disk.path(this.folder.resolve("home")),
					disk.path(this.folder.resolve("cwd")));
			disk.hang(operation);
			for (int i = 0; i < 3; i++) {
				assertThatExceptionOfType(InvalidFlyteFileException.class)
					.isThrownBy(() -> new FlyteFiles(process).read(configFile, "flyte.config-file"))
					.withMessageContaining(file.toString())
					.withMessageContaining("gives no answer (step: " + step + ")")
					.satisfies((ex) -> assertThat(ex.getAction()).contains("disk or mount"));
				assertThat(disk.waiting()).hasSize(1);
			}
			disk.close();
			await().ignoreExceptions()
				.untilAsserted(
						() -> assertThat(new FlyteFiles(process).read(configFile, "flyte.config-file")).isNotNull());
		}
	}

	private @Nullable FlyteFile read(@Nullable String configFile, Map<String, String> variables) {
		ProcessEnvironment process = new ProcessEnvironment(variables, this.folder.resolve("home"),
				this.folder.resolve("cwd"));
		return new FlyteFiles(process).read(configFile, "flyte.config-file");
	}

	private FlyteFile found(@Nullable String configFile) {
		return Objects.requireNonNull(read(configFile, Map.of()));
	}

	private static @Nullable Object url(@Nullable FlyteFile file) {
		return value(Objects.requireNonNull(file), "platform.url");
	}

	private static @Nullable Object value(FlyteFile file, String property) {
		return tracked(file, property).getValue();
	}

	private static OriginTrackedValue tracked(FlyteFile file, String property) {
		return Objects.requireNonNull(file.properties().get(property));
	}

	private Path write(String name, String text) throws IOException {
		Path file = this.folder.resolve(name);
		Files.createDirectories(file.getParent());
		return Files.writeString(file, text);
	}

}
