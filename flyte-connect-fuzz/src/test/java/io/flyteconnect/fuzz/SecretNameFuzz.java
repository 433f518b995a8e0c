package io.flyteconnect.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.flyteconnect.secret.FlyteSecretSource;
import io.flyteconnect.secret.MountRequirement;
import io.flyteconnect.secret.Secret;
import io.flyteconnect.secret.SecretException;
import io.flyteconnect.secret.SecretLocations;
import io.flyteconnect.secret.SecretResolver;
import io.flyteconnect.secret.SecretValue;

/**
 * Names of secrets, and what the variable of one holds: none leads to a file beside the
 * folder of secrets.
 */
public final class SecretNameFuzz {

	private static final Path ROOT = root();

	private static final SecretLocations LOCATIONS = new SecretLocations("_FSEC_", List.of(ROOT.resolve("secrets")),
			"");

	private SecretNameFuzz() {
	}

	private static Path root() {
		try {
			Path root = Files.createTempDirectory("flyte-fuzz");
			Files.writeString(Files.createDirectories(root.resolve("secrets/group")).resolve("key"), "value");
			Files.writeString(root.resolve("secrets/top"), "value");
			Files.writeString(root.resolve("secret"), Attempt.SECRET);
			Files.writeString(Files.createDirectories(root.resolve("other")).resolve("key"), Attempt.SECRET);
			Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(root)));
			return root;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void remove(Path root) {
		for (String name : new String[] { "secrets/group/key", "secrets/group", "secrets/top", "secrets", "secret",
				"other/key", "other", "" }) {
			root.resolve(name).toFile().delete();
		}
	}

	public static void fuzzerTestOneInput(byte[] data) {
		Input input = Input.of(data);
		String[] lines = input.lines(5);
		MountRequirement mount = MountRequirement.values()[(input.choice() & 3) % MountRequirement.values().length];
		Attempt attempt = Attempt.on(input.text());
		Secret secret = attempt.read(
				() -> new Secret(lines[0], lines[1], lines[2], mount, lines[3].isEmpty() ? null : lines[3]),
				IllegalArgumentException.class);
		if (secret == null) {
			return;
		}
		Attempt.require(Secret.fromIdl(secret.toIdl()).equals(secret) || lines[0].indexOf('\uD800') >= 0
				|| input.text().indexOf('\uD800') >= 0, secret + " becomes another one");
		Map<String, String> variables = Map.of("VARIABLE", ROOT + "/" + lines[4], "_FSEC_GROUP_KEY", "value");
		FlyteSecretSource source = new FlyteSecretSource(LOCATIONS, variables);
		List<String> places = attempt.read(() -> source.places(secret), SecretException.class);
		if (places == null) {
			return;
		}
		for (String place : places) {
			String folder = "file " + ROOT + "/secrets/";
			Attempt.require(!place.startsWith("file ") || place.startsWith(folder), "Beside the folder: " + place);
			Attempt.require(!place.startsWith(folder) || isBelow(place.substring(folder.length())),
					"Not below: " + place);
		}
		if (input.is(2) && input.is(3)) {
			SecretValue value = attempt.read(() -> SecretResolver.of(source).get(secret), SecretException.class);
			// A variable of the secret's own may name any file, if it ends like the
			// secret's.
			Attempt.require(value == null || !value.text().equals(Attempt.SECRET) || secret.envVar() != null,
					"The file beside the folder is read");
		}
	}

	private static boolean isBelow(String name) {
		int depth = 0;
		for (String part : name.split("/", -1)) {
			depth += part.equals("..") ? -1 : (part.equals(".") || part.isEmpty()) ? 0 : 1;
			if (depth < 0) {
				return false;
			}
		}
		return !name.startsWith("/");
	}

}
