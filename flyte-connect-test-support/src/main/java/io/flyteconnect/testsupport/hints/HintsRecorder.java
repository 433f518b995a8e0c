package io.flyteconnect.testsupport.hints;

import java.nio.file.Path;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Has all tests of a JVM recorded that runs with the agent of {@code spring-core-test},
 * as the profile {@code native-hints} has it. Does nothing elsewhere.
 */
public final class HintsRecorder implements BeforeAllCallback {

	private static final String FOLDER = "flyte.hints.folder";

	@Override
	public void beforeAll(ExtensionContext context) {
		if (System.getProperty(FOLDER) != null) {
			Recording.begin();
		}
	}

	/**
	 * The one recording of a JVM.
	 */
	private static final class Recording {

		static {
			Path folder = Path.of(System.getProperty(FOLDER));
			MissingHints missing = MissingHints.record();
			Runtime.getRuntime().addShutdownHook(new Thread(() -> missing.write(folder)));
		}

		private static void begin() {
			// By its initializer.
		}

	}

}
