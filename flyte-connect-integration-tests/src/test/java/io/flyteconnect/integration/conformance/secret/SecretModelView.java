package io.flyteconnect.integration.conformance.secret;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import flyteidl.core.Security;

import io.flyteconnect.integration.conformance.platform.PlatformView;
import io.flyteconnect.integration.conformance.secret.SecretConformanceTests.Derived;
import io.flyteconnect.secret.MountRequirement;
import io.flyteconnect.secret.Secret;

/**
 * Our model of a secret, in the form in which flytekit's was recorded, and what ours is
 * to be by the rules:
 * <ul>
 * <li>{@code lossless}: a message makes the model again that it was made of; flytekit
 * makes an empty group of an absent one, and none of an empty version or key.</li>
 * <li>{@code whole-env-var}: flytekit's pattern lets a line break at the end
 * through.</li>
 * <li>{@code named-secret}: a group or a key is needed, and none is blank; one that is
 * registered needs a group, which is not empty.</li>
 * </ul>
 */
final class SecretModelView {

	private static final Set<String> FIELDS = Set.of("group", "key", "group_version", "mount_requirement", "env_var");

	private SecretModelView() {
	}

	/**
	 * Return our answer.
	 * @param entry the fields of a secret
	 * @param registered whether it is declared to Flyte
	 * @return the message as JSON and as bytes, or the type of the exception
	 */
	static Map<String, Object> of(Map<String, Object> entry, boolean registered) {
		if (!FIELDS.containsAll(entry.keySet())) {
			throw new IllegalStateException("Unknown fields: " + entry);
		}
		try {
			Secret secret = secret(entry);
			if (registered) {
				secret.requireGroup();
			}
			Security.Secret idl = secret.toIdl();
			return Map.of("ok", Map.of("idl", json(idl), "round_trip_equal", Secret.fromIdl(idl).equals(secret),
					"wire_hex", HexFormat.of().formatHex(idl.toByteArray())));
		}
		catch (IllegalArgumentException ex) {
			// Whichever kind of it: that is what the models promise.
			return Map.of("error", "IllegalArgumentException");
		}
	}

	private static Secret secret(Map<String, Object> entry) {
		Secret.Builder builder = Secret.builder()
			.group((String) entry.get("group"))
			.groupVersion((String) entry.get("group_version"))
			.key((String) entry.get("key"))
			.envVar((String) entry.get("env_var"));
		if (entry.get("mount_requirement") != null) {
			builder.mountRequirement(MountRequirement.valueOf((String) entry.get("mount_requirement")));
		}
		return builder.build();
	}

	private static Map<String, Object> json(Security.Secret idl) {
		Map<String, Object> json = new LinkedHashMap<>();
		idl.getAllFields().forEach((field, value) -> json.put(field.getName(), value.toString()));
		return json;
	}

	/**
	 * Derive our answer from flytekit's.
	 * @param entry the fields of a secret
	 * @param registered whether it is declared to Flyte
	 * @param flytekit flytekit's answer
	 * @return our answer and the rules of it
	 */
	static Derived derive(Map<String, Object> entry, boolean registered, Map<String, Object> flytekit) {
		if (flytekit.containsKey("error")) {
			return new Derived(Map.of("error", "*"), Set.of());
		}
		String group = text(entry, "group");
		String key = text(entry, "key");
		boolean blank = Map.of("g", group, "k", key, "v", text(entry, "group_version"))
			.values()
			.stream()
			.anyMatch((part) -> !part.isEmpty() && part.isBlank());
		if (blank || group.isEmpty() && (key.isEmpty() || registered)) {
			return new Derived(Map.of("error", "IllegalArgumentException"), Set.of("named-secret"));
		}
		if (text(entry, "env_var").endsWith("\n")) {
			return new Derived(Map.of("error", "IllegalArgumentException"), Set.of("whole-env-var"));
		}
		Map<String, Object> answer = new LinkedHashMap<>(PlatformView.map(flytekit.get("ok")));
		boolean lost = Boolean.FALSE.equals(answer.put("round_trip_equal", true));
		return new Derived(Map.of("ok", answer), lost ? Set.of("lossless") : Set.of());
	}

	private static String text(Map<String, Object> entry, String field) {
		return Objects.toString(entry.get(field), "");
	}

}
