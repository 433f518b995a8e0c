package io.flyteconnect.internal.secret;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.secret.MountRequirement;
import io.flyteconnect.secret.Secret;
import io.flyteconnect.secret.SecretLocations;
import io.flyteconnect.secret.UnreadableSecretException;

/**
 * Lists the places where Flyte may have put a secret, in the order of their precedence:
 * those of flytekit, then those of Flyte's webhook
 * ({@code flytepropeller/pkg/webhook/*.go}), which omits the version of the group. Where
 * the prefix is that of Flyte 2, also those of its webhook, whose embedded manager omits
 * the group, and of its SDK ({@code flyte.Secret}), which knows no prefix.
 */
public final class SecretPlaces {

	/** The prefix that the webhook of Flyte 2 sets in each container of a task. */
	private static final String FLYTE_2 = "_UNION_";

	/** A variable that Flyte sets in each container of a task. */
	private static final String EXECUTION_ID = "FLYTE_INTERNAL_EXECUTION_ID";

	private final SecretLocations locations;

	private final Map<String, String> variables;

	public SecretPlaces(SecretLocations locations, Map<String, String> variables) {
		this.locations = locations;
		this.variables = Map.copyOf(variables);
	}

	public List<SecretPlace> of(Secret secret) {
		SecretNames names = SecretNames.of(secret);
		List<SecretPlace> places = new ArrayList<>();
		if (secret.envVar() != null) {
			places.add(ownVariable(secret, names, secret.envVar()));
		}
		if (secret.mountRequirement() != MountRequirement.FILE) {
			variables(names).forEach((name) -> places.add(variable(name)));
		}
		if (secret.mountRequirement() != MountRequirement.ENV_VAR) {
			Set<String> files = files(names);
			this.locations.folders()
				.forEach((folder) -> files.forEach((file) -> places.add(SecretFile.below(folder, file))));
		}
		return places;
	}

	private SecretPlace.Variable variable(String name) {
		return new SecretPlace.Variable(name, this.variables.get(name));
	}

	private Set<String> variables(SecretNames names) {
		String prefix = this.locations.envPrefix();
		Set<String> result = new LinkedHashSet<>();
		result.add(names.variable(prefix));
		if (!this.variables.containsKey(EXECUTION_ID) || isFlyte2()) {
			result.add(names.variable(""));
		}
		if (isWhole(names)) {
			result.add(names.withoutVersion().variable(prefix));
			if (isFlyte2()) {
				result.add(names.keyAlone().variable(prefix));
			}
		}
		// No shell can set a variable with a hyphen or a dot in its name.
		List.copyOf(result).forEach((name) -> result.add(name.replaceAll("[^A-Za-z0-9_]", "_")));
		return result;
	}

	private Set<String> files(SecretNames names) {
		String prefix = this.locations.filePrefix();
		Set<String> result = new LinkedHashSet<>();
		result.add(names.file(prefix));
		if (isWhole(names)) {
			// Kubernetes, AWS and Vault.
			result.add(names.withoutVersion().file(prefix));
			if (names.groupVersion() != null) {
				// Google Cloud.
				result.add(names.withoutKey().file(prefix));
			}
			result.add(names.withoutVersion().fileAsWritten(prefix));
			if (isFlyte2()) {
				// Azure, and the embedded manager.
				result.add(names.withoutKey().file(prefix));
				result.add(names.keyAlone().file(prefix));
				result.add(names.keyAlone().fileAsWritten(prefix));
			}
		}
		return result;
	}

	// Elsewhere, a secret of another group with the same key would be taken for it.
	private boolean isFlyte2() {
		return FLYTE_2.equals(this.locations.envPrefix());
	}

	// The webhook asks for both.
	private static boolean isWhole(SecretNames names) {
		return names.group() != null && names.key() != null;
	}

	private SecretPlace ownVariable(Secret secret, SecretNames names, String name) {
		String value = this.variables.get(name);
		Path path = (value != null) ? path(secret, name, value) : null;
		if (path == null || (secret.mountRequirement() == MountRequirement.ANY && !isFileOf(names, path))) {
			return variable(name);
		}
		Path absolute = path.toAbsolutePath();
		for (Path folder : this.locations.folders()) {
			if (absolute.startsWith(folder)) {
				return SecretFile.namedBy(name, folder, absolute);
			}
		}
		Path parent = absolute.getParent();
		return SecretFile.namedBy(name, (parent != null) ? parent : absolute, absolute);
	}

	private @Nullable Path path(Secret secret, String name, String value) {
		if (secret.mountRequirement() == MountRequirement.ENV_VAR) {
			return null;
		}
		try {
			return Path.of(value);
		}
		catch (InvalidPathException ex) {
			if (secret.mountRequirement() == MountRequirement.ANY) {
				return null;
			}
			throw new UnreadableSecretException("environment variable " + name, "it does not hold the path of a file");
		}
	}

	// A secret that may be mounted either way is mounted as a file by Kubernetes and AWS,
	// and its variable holds the path.
	private boolean isFileOf(SecretNames names, Path path) {
		return path.isAbsolute() && files(names).stream().anyMatch((file) -> endsWith(path, file));
	}

	// A locale of ASCII knows no file of another name.
	private static boolean endsWith(Path path, String file) {
		try {
			return path.endsWith(file);
		}
		catch (InvalidPathException ex) {
			return false;
		}
	}

}
