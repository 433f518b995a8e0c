package io.flyteconnect.integration.conformance.secret;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.flyteconnect.integration.conformance.platform.PlatformView;

/**
 * Calls by attribute, {@code secrets.group.key}: to flytekit the same as {@code get} with
 * group and key ({@code SecretsManager.__getattr__}).
 */
final class SecretAttributes {

	private static final Set<String> METHODS = Set.of("get", "get_secrets_env_var", "get_secrets_file");

	private static final List<String> PATHS = List.of("path", "attribute", "attributes", "attr", "name", "expression");

	private SecretAttributes() {
	}

	/**
	 * Return a call by method.
	 * @param call a call, by method or by attribute
	 * @return the call, where it is by attribute that of {@code get}
	 * @throws IllegalStateException if group and key are not to be found
	 */
	static Map<String, Object> plain(Map<String, Object> call) {
		String operation = String.valueOf(call.get("op"));
		if (METHODS.contains(operation)) {
			return call;
		}
		Map<String, Object> all = new LinkedHashMap<>(call);
		Object arguments = call.get("args");
		if (arguments instanceof Map) {
			all.putAll(PlatformView.map(arguments));
		}
		if (all.containsKey("group") && all.containsKey("key")) {
			return get(String.valueOf(all.get("group")), String.valueOf(all.get("key")));
		}
		List<String> path = Stream
			.concat(Stream.of(arguments), Stream.concat(PATHS.stream().map(all::get), Stream.of(operation)))
			.map(SecretAttributes::elements)
			.filter((elements) -> elements.size() == 2)
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("Unknown call: " + call));
		return get(path.get(0), path.get(1));
	}

	/** Whether a call is by an attribute that every object of Python has. */
	static boolean isOfPython(Map<String, Object> call) {
		return !METHODS.contains(String.valueOf(call.get("op")))
				&& String.valueOf(PlatformView.map(plain(call).get("args")).get("key")).matches("__\\w+__");
	}

	private static List<String> elements(Object path) {
		if (path instanceof List<?> list) {
			return list.stream().map(String::valueOf).toList();
		}
		return (path instanceof String text)
				? List.of(text.replaceFirst("^(secrets|sm|ctx\\.secrets)\\.", "").split("\\.")) : List.of();
	}

	private static Map<String, Object> get(String group, String key) {
		return Map.of("op", "get", "args", Map.of("group", group, "key", key));
	}

}
