package io.flyteconnect.fuzz;

import java.nio.file.Path;

import io.flyteconnect.internal.configfile.FlyteFileText;
import io.flyteconnect.internal.configfile.yaml.YamlFlyteFileReader;

/**
 * Flyte's files in YAML.
 */
public final class YamlFileFuzz {

	private static final Path FILE = Path.of("/etc/flyte/config.yaml");

	private YamlFileFuzz() {
	}

	public static void fuzzerTestOneInput(byte[] data) {
		Input input = Input.of(data);
		String beside = "admin:\n  command: [sh, -c, " + Attempt.SECRET + "]\n";
		String text = input.is(0) ? beside + input.text() : input.text();
		FlyteFileFuzz.read(input.text(), new YamlFlyteFileReader(new FlyteFileText(FILE, text))::read);
	}

}
