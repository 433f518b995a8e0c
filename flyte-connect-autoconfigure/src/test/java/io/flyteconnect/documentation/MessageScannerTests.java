package io.flyteconnect.documentation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("once")
class MessageScannerTests {

	@TempDir
	private Path folder;

	@Test
	void whenATextIsComposedThenWhatVariesIsLeftOpen() throws IOException {
		assertThat(messages("""
				throw new IllegalStateException("The file '" + file + "' has " + (count + 1)
					+ (count > 1 ? " lines that are wrong" : " line") + " in it");
				""")).containsOnly("The file '{}' has {}{} in it", "lines that are wrong");
	}

	@Test
	void whenATextIsFormattedThenWhatVariesIsLeftOpen() throws IOException {
		assertThat(messages("""
				logger.warn("The %s of %d files is missing".formatted(name, count));
				""")).containsOnly("The {} of {} files is missing");
	}

	@Test
	void whenATextIsNotForUsersThenItIsNoMessage() throws IOException {
		assertThat(messages("""
				logger.debug("a line that nobody reads");
				Assert.notNull(name, "'name' must not be null");
				boolean known = text.contains("what another library says");
				Pattern pattern = Pattern.compile("one or two (words)");
				String property = "flyte.platform.url";
				""")).isEmpty();
	}

	@Test
	void whenACheckOfArgumentsSaysMoreThanThatOneIsMissingThenItIsAMessage() throws IOException {
		assertThat(messages("""
				Assert.isTrue(fits(name), () -> "'" + name + "' is no name of a thing");
				Assert.isTrue(wide, "'width' must be at least one");
				Assert.hasText(name, "'name' must not be empty");
				""")).containsOnly("'{}' is no name of a thing", "'width' must be at least one");
	}

	@Test
	void whenAnEnumRecognizesTextsThenTheFirstIsItsMessage() throws IOException {
		Files.writeString(this.folder.resolve("Reason.java"), """
				enum Reason {
					OLD("has a certificate that is old", "what another library says");
				}
				""");
		assertThat(MessageSources.templates(this.folder).keySet()).containsOnly("has a certificate that is old");
	}

	private Iterable<String> messages(String body) throws IOException {
		Files.writeString(this.folder.resolve("Sample.java"), """
				class Sample {
					@Deprecated(since = "a version of long ago")
					void run() {
						%s
					}
					@Override
					public String toString() {
						return "a sample of this test";
					}
				}
				""".formatted(body));
		return MessageSources.templates(this.folder).keySet();
	}

}
