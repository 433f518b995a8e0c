package io.flyteconnect.fuzz;

import java.util.concurrent.Callable;

import org.springframework.util.PropertyPlaceholderHelper;

import io.flyteconnect.internal.configfile.FlyteFile;
import io.flyteconnect.internal.configfile.FlyteFilePropertySource;
import io.flyteconnect.internal.configfile.InvalidFlyteFileException;
import io.flyteconnect.internal.text.SafeText;

/**
 * What holds for Flyte's files of both forms.
 */
final class FlyteFileFuzz {

	private static final int MOST_SETTINGS = 3100;

	/**
	 * Of a file, of what its references fill in, and of the one that goes beyond that.
	 */
	private static final int LONGEST_VALUE = 3 * 1024 * 1024;

	private static final int LONGEST_WARNING = 10_000;

	private static final PropertyPlaceholderHelper SPRING = new PropertyPlaceholderHelper("${", "}", ":", '\\', true);

	private FlyteFileFuzz() {
	}

	static void read(String text, Callable<FlyteFile> reader) {
		Attempt attempt = Attempt.on(text);
		FlyteFile file = attempt.read(reader, InvalidFlyteFileException.class);
		if (file == null) {
			return;
		}
		Attempt.require(file.properties().size() <= MOST_SETTINGS, "The file has too many settings");
		Attempt.require(file.warnings().size() <= 3, "There are too many warnings");
		for (String warning : file.warnings()) {
			attempt.hides(warning);
			Attempt.require(warning.length() <= LONGEST_WARNING, "A warning is endless");
			Attempt.require(SafeText.isClean(warning), "A warning has control characters: " + warning);
		}
		attempt.hides(file.toString());
		FlyteFilePropertySource plain = FlyteFilePropertySource.of(file, "flyte");
		FlyteFilePropertySource escaped = FlyteFilePropertySource.forEnvironment(file, "flyte");
		for (String name : plain.getPropertyNames()) {
			String value = (String) plain.getProperty(name);
			Attempt.require(value.length() <= LONGEST_VALUE, "A value is longer than the file");
			if (value.length() < 2000) {
				String resolved = SPRING.replacePlaceholders((String) escaped.getProperty(name), (placeholder) -> null);
				Attempt.require(value.equals(resolved), "'" + value + "' becomes '" + resolved + "'");
			}
		}
	}

}
