package io.flyteconnect.internal.grant.command;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.flyteconnect.testsupport.BrokenDisk;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ArgumentMask}.
 */
class ArgumentMaskTests {

	@Test
	void whenTheDiskOfAPathHangsThenThePathIsHidden(@TempDir Path folder) {
		List<String> command = List.of("tool", folder.resolve("of-this-run").toString());
		try (BrokenDisk disk = new BrokenDisk()) {
			disk.hang("");
			assertThat(new ArgumentMask(command, "", (text) -> disk.path(Path.of(text)))
				.hide("not found: " + command.get(1), false)).isEqualTo("not found: ******");
		}
	}

	@Test
	void whenAnArgumentIsRepeatedThenItIsHidden() {
		assertThat(hide("tool: unexpected argument 's3cret value'", "tool", "get", "s3cret value"))
			.isEqualTo("tool: unexpected argument '******'");
	}

	@Test
	void whenTheValueOfAnOptionIsRepeatedThenItIsHidden() {
		assertThat(hide("unknown option --key=s3cret-value (key s3cret-value)", "tool", "--key=s3cret-value"))
			.isEqualTo("unknown option ****** (key ******)");
	}

	@Test
	void whenAWordOfAScriptOrHeaderIsRepeatedThenItIsHidden() {
		assertThat(hide("sh: 1: s3cret-value: not found", "sh", "-c", "login 's3cret-value'"))
			.isEqualTo("sh: 1: ******: not found");
		assertThat(hide("rejected: s3cret-value", "curl", "-H", "Authorization: Bearer s3cret-value"))
			.isEqualTo("rejected: ******");
	}

	@Test
	void whenOneArgumentIsPartOfAnotherThenNothingOfEitherIsLeft() {
		assertThat(hide("no s3cret-value-and-more", "tool", "s3cret-value", "s3cret-value-and-more"))
			.isEqualTo("no ******");
	}

	@Test
	void whenItIsAnOptionAShortWordOrAPathThenItStays(@TempDir Path folder) {
		Path file = folder.resolve("no-such-file");
		assertThat(hide("cat: " + file + ": No such file; --no-prompt: get?", "cat", "get", "--no-prompt",
				file.toString()))
			.isEqualTo("cat: " + file + ": No such file; --no-prompt: get?");
	}

	@Test
	void whenAShortOptionHasItsValueWithItThenItIsHidden() {
		assertThat(hide("bad -phunter2hunter2", "tool", "-phunter2hunter2")).isEqualTo("bad ******");
	}

	@Test
	void whenTheOutputIsRepeatedThenItIsHidden() {
		assertThat(new ArgumentMask(List.of("tool"), "tok3n-1\nmore").hide("got tok3n-1", false))
			.isEqualTo("got ******");
	}

	@Test
	void whenTheBeginningIsCutOffThenTheRestOfASecretIsNotLeft() {
		ArgumentMask mask = new ArgumentMask(List.of("tool", "s3cret-value"), "");
		assertThat(mask.hide("ret-value: s3cret-value", true)).isEqualTo(": ******");
		assertThat(mask.hide("ret-value: s3cret-value", false)).isEqualTo("ret-value: ******");
	}

	@Test
	void whenThereAreNoArgumentsThenTheTextStays() {
		assertThat(hide("log in first", "tool")).isEqualTo("log in first");
	}

	private static String hide(String text, String... command) {
		return new ArgumentMask(List.of(command), "").hide(text, false);
	}

}
