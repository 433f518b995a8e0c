package io.flyteconnect.integration.conformance.identity;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import flyteidl.core.Security;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.integration.conformance.DifferenceRules;

/**
 * Derives our answer to one entry of a case from flytekit's by the rules of the README of
 * the cases, from what the entry says.
 * <ul>
 * <li>{@code idl-secret}: what flytekit cannot turn into protobuf becomes the message
 * that the entry describes; a client secret that is a text is refused by both.</li>
 * <li>{@code least-privilege}: what is blank, or missing where the IDL wants it, is
 * refused. So is a secret without a group, or with a name of a variable that is
 * none.</li>
 * <li>{@code lossless}: a message and the model made of it are always equal.</li>
 * <li>{@code empty-context}: an empty context is no message.</li>
 * </ul>
 */
final class SecurityContextRules {

	static final Map<String, Set<String>> FIELDS = Map.of("context", Set.of("run_as", "secrets", "tokens", "auth_role"),
			"run_as", Set.of("iam_role", "k8s_service_account", "oauth2_client", "execution_identity"), "client",
			Set.of("client_id", "client_secret"), "secret",
			Set.of("group", "group_version", "key", "mount_requirement", "env_var"), "token",
			Set.of("name", "type", "type_", "client", "idp_discovery_endpoint", "token_endpoint"), "auth_role",
			Set.of("assumable_iam_role", "kubernetes_service_account"));

	private static final Map<String, Set<String>> CONSTANTS = Map.of("type", Set.of("CLIENT_CREDENTIALS"), "type_",
			Set.of("CLIENT_CREDENTIALS"), "mount_requirement", Set.of("ANY", "ENV_VAR", "FILE"));

	private final Set<String> rules = new TreeSet<>();

	/** The fields that are refused, in the words of our models. */
	private final Set<String> refused = new TreeSet<>();

	private final Map<String, Object> json = new LinkedHashMap<>();

	private final Map<String, Object> flytekit;

	private SecurityContextRules(Map<String, Object> entry, Map<String, Object> flytekit) {
		this.flytekit = flytekit;
		check("context", entry);
		if (entry.get("auth_role") != null) {
			texts("auth_role", SecurityContextView.map(entry.get("auth_role")));
		}
		if (entry.get("run_as") != null) {
			this.json.put("run_as", runAs(SecurityContextView.map(entry.get("run_as"))));
		}
		this.json.put("secrets",
				SecurityContextView.list(entry.get("secrets"))
					.stream()
					.map((secret) -> secret(secret, false))
					.toList());
		this.json.put("tokens", SecurityContextView.list(entry.get("tokens")).stream().map(this::token).toList());
	}

	/**
	 * Derive our answer.
	 * @param entry what the case describes
	 * @param flytekit what flytekit answers
	 * @return our answer, and the rules by which it differs from flytekit's
	 */
	static Derived derive(Map<String, Object> entry, Map<String, Object> flytekit) {
		SecurityContextRules derivation = new SecurityContextRules(entry, flytekit);
		return new Derived(derivation.rules, derivation.answer(), derivation.refused);
	}

	private Map<String, @Nullable Object> answer() {
		Map<String, @Nullable Object> answer = new TreeMap<>();
		if (!this.refused.isEmpty()) {
			if (!this.flytekit.containsKey("error")) {
				this.rules.add("least-privilege");
			}
			answer.put("error", this.refused.iterator().next());
			return answer;
		}
		if (this.flytekit.containsKey("error")) {
			this.rules.add("idl-secret");
			answer.put("ok", SecurityContextView
				.described(SecurityContextView.message(this.json, Security.SecurityContext.newBuilder()), true));
			return answer;
		}
		answer.put("ok", null);
		if (this.flytekit.get("ok") != null) {
			Map<String, Object> ok = new TreeMap<>(SecurityContextView.map(this.flytekit.get("ok")));
			if ("".equals(ok.get("wire_hex")) && !this.json.containsKey("auth_role")) {
				this.rules.add("empty-context");
				return answer;
			}
			if (Boolean.FALSE.equals(ok.put("round_trip_equal", true))) {
				this.rules.add("lossless");
			}
			answer.put("ok", ok);
		}
		return answer;
	}

	private Map<String, Object> runAs(Map<String, Object> description) {
		Map<String, Object> result = texts("run_as", description);
		if (description.get("oauth2_client") != null) {
			result.put("oauth2_client", client(SecurityContextView.map(description.get("oauth2_client"))));
		}
		return result;
	}

	private Map<String, Object> client(Map<String, Object> description) {
		Map<String, Object> result = texts("client", description);
		require(result, "client_id");
		Object secret = description.get("client_secret");
		if (secret instanceof String) {
			this.refused.add("clientSecret");
		}
		else if (secret != null) {
			Map<String, Object> form = SecurityContextView.map(secret);
			Map<String, Object> name = SecurityContextView.map(form.getOrDefault("idl", form.get("secret")));
			result.put("client_secret", secret(name, form.containsKey("idl")));
		}
		return result;
	}

	private Map<String, Object> token(Map<String, Object> description) {
		Map<String, Object> result = texts("token", description);
		// Its only value, which is the default.
		result.keySet().removeAll(Set.of("type", "type_"));
		require(result, "name");
		if (description.get("client") == null) {
			this.refused.add("client");
		}
		else {
			result.put("client", client(SecurityContextView.map(description.get("client"))));
		}
		return result;
	}

	private Map<String, Object> secret(Map<String, Object> description, boolean idl) {
		Map<String, Object> result = texts("secret", description);
		require(result, "group");
		// In a message, an empty one is none.
		Object variable = description.get("env_var");
		boolean named = variable != null && !(idl && variable.equals(""));
		if (named && !variable.toString().matches("[A-Z_][A-Z0-9_]*")) {
			this.refused.add("envVar");
		}
		return result;
	}

	private void require(Map<String, Object> result, String field) {
		if (!result.containsKey(field)) {
			this.refused.add(camel(field));
		}
	}

	/** The texts that say anything. */
	private Map<String, Object> texts(String type, Map<String, Object> description) {
		check(type, description);
		Map<String, Object> texts = new LinkedHashMap<>();
		description.forEach((name, value) -> {
			if (value instanceof String text && !text.isEmpty() && !name.equals("client_secret")) {
				if (text.isBlank()) {
					this.refused.add(camel(name));
				}
				texts.put(name, text);
			}
		});
		if (type.equals("auth_role")) {
			this.json.put("auth_role", texts);
		}
		return texts;
	}

	// What flytekit itself does not know cannot be written with our models.
	private void check(String type, Map<String, Object> description) {
		List<String> unknown = unknown(type, description);
		if (!unknown.isEmpty() && !this.flytekit.containsKey("error")) {
			throw new IllegalStateException("The runner does not know " + unknown + " of a " + type);
		}
		unknown.forEach((name) -> this.refused.add(camel(name)));
	}

	/** The fields of a description, and the names of constants, that nobody knows. */
	static List<String> unknown(String type, Map<String, Object> description) {
		Set<String> known = FIELDS.getOrDefault(type, Set.of());
		return description.entrySet()
			.stream()
			.filter((field) -> !known.contains(field.getKey()) || !isConstant(field.getKey(), field.getValue()))
			.map(Map.Entry::getKey)
			.toList();
	}

	private static boolean isConstant(String name, @Nullable Object value) {
		return value == null || !CONSTANTS.containsKey(name)
				|| CONSTANTS.getOrDefault(name, Set.of()).contains(value.toString());
	}

	static String camel(String name) {
		StringBuilder result = new StringBuilder();
		for (String word : name.split("_")) {
			result.append(result.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
		}
		return result.toString();
	}

	/**
	 * An answer of ours.
	 *
	 * @param rules the rules by which it differs from flytekit's
	 * @param answer the answer
	 * @param refused the fields that may be named in an error
	 */
	record Derived(Set<String> rules, Map<String, @Nullable Object> answer, Set<String> refused) {

		Derived {
			rules = DifferenceRules.known(rules);
		}

	}

}
