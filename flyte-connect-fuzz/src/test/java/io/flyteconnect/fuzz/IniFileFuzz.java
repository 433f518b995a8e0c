package io.flyteconnect.fuzz;

import java.nio.file.Path;

import io.flyteconnect.internal.configfile.FlyteFileText;
import io.flyteconnect.internal.configfile.ini.IniFlyteFileReader;

/**
 * Flyte's files in INI.
 */
public final class IniFileFuzz {

	private static final Path FILE = Path.of("/etc/flyte/config");

	private IniFileFuzz() {
	}

	public static void fuzzerTestOneInput(byte[] data) {
		Input input = Input.of(data);
		String beside = "[credentials]\nclient_secret = " + Attempt.SECRET + "\n";
		String text = input.is(0) ? beside + input.text() : input.text();
		FlyteFileFuzz.read(input.text(), new IniFlyteFileReader(new FlyteFileText(FILE, text))::read);
	}

}
