package io.flyteconnect.integration.conformance.secret;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.integration.conformance.platform.RawSettings;

/**
 * Where a secret is looked for, by flytekit and by the rules, in the order of both.
 */
public final class ExpectedPlaces {

	private final RawSettings settings;

	private final Path workingDirectory;

	private final Path root;

	private final boolean local;

	private final boolean outside;

	/**
	 * Create the places of a case.
	 * @param settings what the case sets
	 * @param workingDirectory where relative paths begin
	 * @param root what stands for the root of the file system
	 * @param local whether flytekit thinks of a local execution
	 * @param outside whether there is no execution of Flyte around
	 */
	public ExpectedPlaces(RawSettings settings, Path workingDirectory, Path root, boolean local, boolean outside) {
		this.settings = settings;
		this.workingDirectory = workingDirectory;
		this.root = root;
		this.local = local;
		this.outside = outside;
	}

	/** The first of our places, with a file of this machine. */
	public Place first(Map<String, Object> arguments, boolean file) {
		ExpectedPlaces real = new ExpectedPlaces(this.settings, this.workingDirectory, Path.of("/"), this.local,
				this.outside);
		return real.of(arguments)
			.stream()
			.filter((place) -> place.ours() && (place.file() != null) == file)
			.findFirst()
			.orElseThrow();
	}

	public List<Place> of(Map<String, Object> arguments) {
		String group = text(arguments, "group");
		String version = text(arguments, "group_version");
		String key = text(arguments, "key");
		List<Place> places = new ArrayList<>(variables(group, version, key));
		files(group, version, key, places);
		return places;
	}

	private List<Place> variables(String group, String version, String key) {
		String prefix = setting("env_prefix", "_FSEC_", false);
		String theirs = setting("env_prefix", "_FSEC_", true);
		String name = upper(group, version, key);
		List<Place> places = new ArrayList<>();
		places.add(new Place(theirs + name, null, "", true, theirs.equals(prefix)));
		places.add(new Place(prefix + name, null, "relaxed-variables", false, true));
		places.add(new Place(name, null, this.local ? "" : "outside-of-tasks", this.local, this.outside));
		if (!group.isEmpty() && !key.isEmpty()) {
			places.add(new Place(prefix + upper(group, key), null, "webhook-names", false, true));
		}
		List.copyOf(places)
			.forEach((place) -> places.add(new Place(place.name().replaceAll("[^A-Za-z0-9_]", "_"), null,
					"underscore-names", false, place.ours())));
		return places;
	}

	private void files(String group, String version, String key, List<Place> places) {
		String prefix = setting("file_prefix", "", false);
		List<String> parts = lower(group, version, key);
		if (parts.isEmpty()) {
			return;
		}
		List<Path> folders = folders(this.settings.text("secrets.default_dir"));
		Path folder = folders.get(0);
		String written = this.settings.flytekit("secrets.default_dir");
		Path theirs = (written.isBlank() && !written.isEmpty()) ? this.workingDirectory : folders(written).get(0);
		String theirPrefix = setting("file_prefix", "", true);
		boolean same = theirs.equals(folder) && theirPrefix.equals(prefix);
		places.add(new Place("", file(theirs, theirPrefix, parts), "", true, same));
		String rule = theirs.equals(this.workingDirectory) ? "blank-is-unset" : "relaxed-variables";
		places.add(new Place("", file(folder, prefix, parts), rule, false, true));
		for (Path each : folders) {
			places.add(new Place("", file(each, prefix, parts), "webhook-names", false, true));
			if (!group.isEmpty() && !key.isEmpty()) {
				Stream
					.of(lower(group, key), version.isEmpty() ? lower(group, key) : lower(group, version),
							List.of(group, key))
					.forEach((other) -> places
						.add(new Place("", file(each, prefix, other), "webhook-names", false, true)));
			}
		}
	}

	private List<Path> folders(String set) {
		return set.isBlank() ? List.of(this.root.resolve("etc/secrets"), this.root.resolve("etc/flyte/secrets"))
				: List.of(this.workingDirectory.resolve(set.strip()));
	}

	private String setting(String name, String standard, boolean flytekit) {
		String set = flytekit ? this.settings.flytekit("secrets." + name) : this.settings.text("secrets." + name);
		return set.isEmpty() ? standard : set.strip();
	}

	private static String text(Map<String, Object> arguments, String name) {
		String text = SecretCalls.text(arguments, name);
		return (text != null) ? text : "";
	}

	private static String upper(String... parts) {
		return String.join("_", Stream.of(parts).filter((part) -> !part.isEmpty()).toList()).toUpperCase(Locale.ROOT);
	}

	private static List<String> lower(String... parts) {
		return Stream.of(parts).filter((part) -> !part.isEmpty()).map((part) -> part.toLowerCase(Locale.ROOT)).toList();
	}

	private static Path file(Path folder, String prefix, List<String> parts) {
		int last = parts.size() - 1;
		return folder.resolve(String.join("/", parts.subList(0, last))).resolve(prefix + parts.get(last));
	}

	/**
	 * A place where a secret may be.
	 *
	 * @param name the variable
	 * @param file the file, or {@code null} for a variable
	 * @param rule why we look there; empty if flytekit does
	 * @param flytekit whether flytekit looks there
	 * @param ours whether we look there
	 */
	public record Place(String name, @Nullable Path file, String rule, boolean flytekit, boolean ours) {

	}

}
