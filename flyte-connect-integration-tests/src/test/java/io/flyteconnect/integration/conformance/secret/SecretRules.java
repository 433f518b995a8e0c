package io.flyteconnect.integration.conformance.secret;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.integration.conformance.ConformanceCase;
import io.flyteconnect.integration.conformance.platform.PlatformView;
import io.flyteconnect.integration.conformance.platform.RawSettings;
import io.flyteconnect.integration.conformance.secret.ExpectedPlaces.Place;
import io.flyteconnect.integration.conformance.secret.SecretConformanceTests.Derived;

/**
 * Derives our answer to one call from flytekit's by the rules of the README of the cases,
 * from what the case sets.
 * <ul>
 * <li>{@code safe-secret-path}: a name with a path separator, {@code ..} or a control
 * character is refused.</li>
 * <li>{@code underscore-names}: after each name of a variable, the same with
 * underscores.</li>
 * <li>{@code webhook-names}: after flytekit's names, those that Flyte's webhook gives:
 * without the version of the group, or, on Google Cloud, without the key; in
 * {@code /etc/flyte/secrets}, too, where no folder is set; with upper case kept, as by
 * Vault's agent.</li>
 * <li>{@code outside-of-tasks}: names without the prefix count where
 * {@code FLYTE_INTERNAL_EXECUTION_ID} is not set. flytekit asks for a local execution of
 * its own, which there is none of here.</li>
 * <li>{@code whole-bytes}: as bytes, a file is as it is; flytekit strips it.</li>
 * <li>{@code python-names}: an attribute that Python itself has is a secret of that
 * name.</li>
 * <li>{@code named-secret}: a group or a key is needed, and none is blank.</li>
 * </ul>
 */
final class SecretRules {

	private static final Set<String> LOCAL_MODES = Set.of("LOCAL_WORKFLOW_EXECUTION", "LOCAL_TASK_EXECUTION",
			"EAGER_LOCAL_EXECUTION", "LOCAL_DYNAMIC_TASK_EXECUTION");

	private static final Pattern UNSAFE = Pattern.compile("[/\\\\\\p{Cc}]|\\.\\.");

	private static final Pattern SPACE = Pattern.compile("^[\\s\\x1c-\\x1f\\x85\\p{Z}]+|[\\s\\x1c-\\x1f\\x85\\p{Z}]+$");

	private static final Pattern SPACE_OF_BYTES = Pattern.compile("^[ \\t\\n\\r\\x0b\\f]+|[ \\t\\n\\r\\x0b\\f]+$");

	private final Map<String, String> variables;

	private final RawSettings settings;

	private final Path workingDirectory;

	private final ExpectedPlaces places;

	private SecretRules(ConformanceCase conformanceCase) throws IOException {
		this.settings = RawSettings.of(conformanceCase);
		this.workingDirectory = conformanceCase.folder().resolve("cwd");
		this.variables = SecretCalls.variables(conformanceCase);
		boolean local = LOCAL_MODES.contains(String.valueOf(conformanceCase.description().get("mode")));
		this.places = new ExpectedPlaces(this.settings, this.workingDirectory, SecretCalls.root(conformanceCase), local,
				!this.variables.containsKey("FLYTE_INTERNAL_EXECUTION_ID"));
	}

	static SecretRules of(ConformanceCase conformanceCase) throws IOException {
		return new SecretRules(conformanceCase);
	}

	/**
	 * Derive our answer to a call.
	 * @param call the call
	 * @param flytekit flytekit's answer
	 * @return our answer and the rules of it
	 */
	Derived call(Map<String, Object> call, Map<String, Object> flytekit) {
		if (SecretAttributes.isOfPython(call)) {
			return new Derived(Map.of("error", "SecretNotFoundException"), Set.of("python-names"));
		}
		return plain(SecretAttributes.plain(call), flytekit);
	}

	private Derived plain(Map<String, Object> call, Map<String, Object> flytekit) {
		Map<String, Object> arguments = PlatformView.map(call.get("args"));
		List<String> parts = Stream.of("group", "group_version", "key")
			.map((name) -> SecretCalls.text(arguments, name))
			.filter((part) -> part != null && !part.isEmpty())
			.toList();
		boolean get = "get".equals(call.get("op"));
		boolean named = SecretCalls.text(arguments, "group") != null && !"".equals(arguments.get("group"))
				|| SecretCalls.text(arguments, "key") != null && !"".equals(arguments.get("key"));
		if (get && (!named || parts.stream().anyMatch((part) -> part.isBlank()))) {
			return refused("named-secret", "IllegalArgumentException", flytekit);
		}
		if (parts.stream().anyMatch((part) -> UNSAFE.matcher(part).find())) {
			return refused("safe-secret-path", "InvalidSecretNameException", flytekit);
		}
		if (flytekit.containsKey("error") && !get) {
			return new Derived(Map.of("error", "*"), Set.of());
		}
		return get ? get(arguments, flytekit) : name("get_secrets_file".equals(call.get("op")), arguments, flytekit);
	}

	private Derived name(boolean file, Map<String, Object> arguments, Map<String, Object> flytekit) {
		Place ours = this.places.first(arguments, file);
		String name = (ours.file() != null) ? ours.file().toString() : ours.name();
		String recorded = (String) flytekit.get("ok");
		boolean same = name.equals(file ? this.workingDirectory.resolve(recorded).toString() : recorded);
		return new Derived(Map.of("ok", name), same ? Set.of() : Set.of(ours.rule()));
	}

	private static Derived refused(String rule, String error, Map<String, Object> flytekit) {
		return flytekit.containsKey("error") ? new Derived(Map.of("error", "*"), Set.of())
				: new Derived(Map.of("error", error), Set.of(rule));
	}

	private Derived get(Map<String, Object> arguments, Map<String, Object> flytekit) {
		boolean binary = "rb".equals(arguments.get("encode_mode"));
		List<Place> places = this.places.of(arguments);
		Map<String, Object> theirs = answer(places.stream().filter(Place::flytekit).toList(), binary, true);
		if (!isRecorded(theirs, flytekit)) {
			throw new IllegalStateException("The model of flytekit is wrong: " + theirs + ", not " + flytekit);
		}
		Map<String, Object> ours = answer(places.stream().filter(Place::ours).toList(), binary, false);
		if (ours.equals(theirs)) {
			return new Derived(ours.containsKey("error") ? Map.of("error", "*") : ours, Set.of());
		}
		Set<String> rules = new TreeSet<>();
		places.stream()
			.filter(Place::ours)
			.filter(this::isThere)
			.findFirst()
			.ifPresent((place) -> rules.add(place.rule()));
		return new Derived(ours, rules.contains("") ? Set.of(binary ? "whole-bytes" : "outside-of-tasks") : rules);
	}

	private boolean isThere(Place place) {
		return (place.file() != null) ? Files.isRegularFile(place.file()) : this.variables.containsKey(place.name());
	}

	private Map<String, Object> answer(List<Place> places, boolean binary, boolean flytekit) {
		Place found = places.stream().filter(this::isThere).findFirst().orElse(null);
		if (found == null) {
			return Map.of("error", "SecretNotFoundException");
		}
		String text = (found.file() != null) ? content(found.file(), binary, flytekit)
				: strip(SPACE, this.variables.get(found.name()));
		return (text != null) ? Map.of("ok", text) : Map.of("error", "UnreadableSecretException");
	}

	private static @Nullable String content(Path file, boolean binary, boolean flytekit) {
		try {
			byte[] bytes = Files.readAllBytes(file);
			if (binary) {
				String text = new String(bytes, StandardCharsets.ISO_8859_1);
				return flytekit ? strip(SPACE_OF_BYTES, text) : text;
			}
			String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
			return strip(SPACE, text.replace("\r\n", "\n").replace('\r', '\n'));
		}
		catch (CharacterCodingException ex) {
			return null;
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String strip(Pattern space, @Nullable String text) {
		return (text != null) ? space.matcher(text).replaceAll("") : "";
	}

	/** Bytes are no JSON: they are recorded as text, or in an object with one field. */
	private static boolean isRecorded(Map<String, Object> theirs, Map<String, Object> flytekit) {
		if (theirs.containsKey("error") || flytekit.containsKey("error")) {
			return theirs.containsKey("error") && flytekit.containsKey("error");
		}
		Object recorded = flytekit.get("ok");
		Object value = (recorded instanceof Map<?, ?> map && map.size() == 1) ? map.values().iterator().next()
				: recorded;
		return SecretBytes.forms((String) theirs.get("ok")).contains(String.valueOf(value));
	}

}
