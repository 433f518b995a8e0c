package io.flyteconnect.samples.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Looks for secrets where Flyte puts them, with a cluster that does not answer.
 */
class SecretCommandTests {

	private static final String SECRET = "s3cret of the database";

	private final StandardStreams output = new StandardStreams();

	@TempDir
	private Path folder;

	@BeforeEach
	void inject() throws IOException {
		write("db/password", SECRET + "\n");
		write("db/v2/password", SECRET + " v2\n");
		write("license", "a license\nof two lines");
	}

	private void write(String name, String text) throws IOException {
		Path file = this.folder.resolve(name);
		Files.createDirectories(file.getParent());
		Files.writeString(file, text);
	}

	@AfterEach
	void restore() {
		this.output.close();
	}

	@Test
	void whenASecretIsThereThenItsPlaceIsShownButNotTheSecret() {
		assertThat(cli("secret", "db", "password")).isZero();
		assertThat(this.output.out()).startsWith("GROUP")
			.contains("file " + this.folder.resolve("db/password"), "******")
			.doesNotContain(SECRET);
		assertThat(this.output.err()).isEmpty();
	}

	@Test
	void whenItIsToBeRevealedThenNothingElseIsWritten() {
		assertThat(cli("secret", "db", "password", "--reveal")).isZero();
		assertThat(this.output.out()).isEqualTo(SECRET + System.lineSeparator());
		assertThat(this.output.err()).isEmpty();
	}

	@Test
	void whenAVersionIsWantedThenThatIsFound() {
		assertThat(cli("secret", "db", "password", "--version", "v2", "--reveal")).isZero();
		assertThat(this.output.out()).isEqualTo(SECRET + " v2" + System.lineSeparator());
	}

	@Test
	void whenThereIsNoKeyThenTheGroupIsTheWholeName() {
		assertThat(cli("secret", "license", "--reveal")).isZero();
		assertThat(this.output.out()).isEqualTo("a license\nof two lines" + System.lineSeparator());
	}

	@Test
	void whenJsonIsWantedThenItIsAnObjectWithAMaskOrTheSecret() {
		assertThat(cli("secret", "db", "password", "--output=json")).isZero();
		JsonNode masked = JsonMapper.shared().readTree(this.output.out());
		assertThat(masked.get("found").asString()).isEqualTo("file " + this.folder.resolve("db/password"));
		assertThat(masked.get("value").asString()).isEqualTo("******");
		try (StandardStreams second = new StandardStreams()) {
			assertThat(cli("secret", "db", "password", "--version=v2", "--reveal", "--output=json")).isZero();
			JsonNode revealed = JsonMapper.shared().readTree(second.out());
			assertThat(revealed.get("value").asString()).isEqualTo(SECRET + " v2");
			assertThat(revealed.get("version").asString()).isEqualTo("v2");
			assertThat(second.err()).isEmpty();
		}
	}

	@Test
	void whenItIsNowhereThenThePlacesAreListedAndTheExitCodeIsOne() {
		assertThat(cli("secret", "db", "user", "--reveal")).isEqualTo(1);
		assertThat(this.output.out()).isEmpty();
		assertThat(this.output.err())
			.contains("was not found", "environment variable _FSEC_DB_USER", "file " + this.folder.resolve("db/user"))
			.doesNotContain("\tat ", "call failed");
	}

	@Test
	void whenItCannotBeReadThenThatIsSaidAndTheExitCodeIsOne() throws IOException {
		Files.createDirectories(this.folder.resolve("db/folder/deep"));
		assertThat(cli("secret", "db", "folder")).isEqualTo(1);
		assertThat(this.output.out()).isEmpty();
		assertThat(this.output.err()).contains("db/folder").doesNotContain("\tat ");
	}

	@Test
	void whenTheNameIsNoneThenTheExitCodeIsTwo() {
		assertThat(cli("secret", "..", "passwd")).isEqualTo(2);
		assertThat(cli("secret", " ", "passwd")).isEqualTo(2);
		assertThat(this.output.out()).isEmpty();
		assertThat(this.output.err()).contains("..", "'group' must not be blank").doesNotContain("\tat ");
	}

	@Test
	void whenThereIsNoGroupThenTheUsageIsExplained() {
		assertThat(cli("secret")).isEqualTo(2);
		assertThat(this.output.err()).contains("GROUP", "See flyte-connect-cli secret --help");
	}

	@Test
	void whenEverythingIsLoggedThenTheSecretIsWrittenToStandardOutputOnly() {
		assertThat(cli("secret", "db", "password", "--reveal", "--logging.level.root=trace")).isZero();
		assertThat(this.output.out()).isEqualTo(SECRET + System.lineSeparator());
		assertThat(this.output.err()).isNotEmpty().doesNotContain(SECRET);
	}

	private int cli(String... arguments) {
		List<String> all = new ArrayList<>(List.of(arguments));
		all.addAll(List.of("--flyte.config-file=none", "--flyte.platform.url=localhost:1",
				"--flyte.credentials.store-file=" + this.folder.resolve("tokens"),
				"--flyte.secrets.default-dir=" + this.folder));
		return FlyteCli.run(all.toArray(String[]::new));
	}

}
