package io.flyteconnect.integration.conformance.secret;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;

import io.flyteconnect.autoconfigure.secret.SecretEnvironments;
import io.flyteconnect.integration.conformance.ConformanceCase;
import io.flyteconnect.integration.conformance.platform.FlyteEnvironments;
import io.flyteconnect.integration.conformance.platform.PlatformView;
import io.flyteconnect.internal.configfile.ProcessEnvironment;
import io.flyteconnect.secret.FlyteSecretSource;
import io.flyteconnect.secret.Secret;
import io.flyteconnect.secret.SecretException;
import io.flyteconnect.secret.SecretLocations;
import io.flyteconnect.secret.SecretNamesView;
import io.flyteconnect.secret.SecretResolver;
import io.flyteconnect.secret.SecretValue;

/**
 * The calls of a case on flytekit's secrets manager, made on our resolver.
 */
final class SecretCalls {

	/** What flytekit knows of itself, a pod of Flyte tells by a variable. */
	private static final Set<String> TASK_MODES = Set.of("TASK_EXECUTION", "DYNAMIC_TASK_EXECUTION", "EAGER_EXECUTION");

	private static final Set<String> ARGUMENTS = Set.of("group", "key", "group_version", "encode_mode");

	private final SecretLocations names;

	private final SecretResolver resolver;

	private SecretCalls(SecretLocations names, SecretResolver resolver) {
		this.names = names;
		this.resolver = resolver;
	}

	static SecretCalls of(ConformanceCase conformanceCase) {
		ProcessEnvironment process = conformanceCase.process();
		Map<String, Object> properties = new LinkedHashMap<>();
		if (conformanceCase.configFile() != null) {
			properties.put("flyte.config-file", conformanceCase.configFile());
		}
		ConfigurableEnvironment environment = FlyteEnvironments.prepare(process, properties);
		SecretLocations names = SecretEnvironments.locations(environment, process, Path.of("/"));
		// Nothing is read from the folders of this machine.
		SecretLocations files = SecretEnvironments.locations(environment, process, root(conformanceCase));
		return new SecretCalls(names, SecretResolver.of(new FlyteSecretSource(files, variables(conformanceCase))));
	}

	static Path root(ConformanceCase conformanceCase) {
		return conformanceCase.folder().resolve("root");
	}

	static Map<String, String> variables(ConformanceCase conformanceCase) {
		Map<String, String> variables = new HashMap<>(conformanceCase.variables());
		if (TASK_MODES.contains(String.valueOf(conformanceCase.description().get("mode")))) {
			variables.putIfAbsent("FLYTE_INTERNAL_EXECUTION_ID", "f1");
		}
		return variables;
	}

	Map<String, Object> answer(Map<String, Object> call) {
		Map<String, Object> arguments = PlatformView.map(call.get("args"));
		if (!ARGUMENTS.containsAll(arguments.keySet())) {
			throw new IllegalStateException("Unknown arguments: " + arguments);
		}
		try {
			return Map.of("ok", answer(String.valueOf(call.get("op")), arguments));
		}
		catch (SecretException | IllegalArgumentException | IndexOutOfBoundsException ex) {
			return Map.of("error", ex.getClass().getSimpleName());
		}
	}

	private String answer(String operation, Map<String, Object> arguments) {
		String group = text(arguments, "group");
		String version = text(arguments, "group_version");
		String key = text(arguments, "key");
		return switch (operation) {
			case "get_secrets_env_var" -> SecretNamesView.variable(this.names, group, version, key);
			case "get_secrets_file" -> SecretNamesView.file(this.names, group, version, key);
			case "get" -> get(Secret.builder().group(group).groupVersion(version).key(key).build(),
					"rb".equals(arguments.get("encode_mode")));
			default -> throw new IllegalStateException("Unknown call: " + operation);
		};
	}

	// flytekit gives text for a variable in any mode.
	private String get(Secret secret, boolean binary) {
		try (SecretValue value = this.resolver.get(secret)) {
			boolean bytes = binary && !value.origin().startsWith("environment variable");
			return bytes ? new String(value.bytes(), StandardCharsets.ISO_8859_1) : value.text();
		}
	}

	static @Nullable String text(Map<String, Object> arguments, String name) {
		return Objects.toString(arguments.get(name), null);
	}

}
