package io.flyteconnect.internal.configfile;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.text.NearName;

/**
 * Collects the keys of a Flyte file that have no effect, and writes the warning about
 * them.
 */
public final class UnknownKeys {

	/**
	 * Sections of the file that only flytekit, flytectl and Flyte 2's SDK use
	 * ({@code flytekit/configuration/internal.py}).
	 */
	public static final Set<String> OTHER_SECTIONS = Set.of("auth", "aws", "azure", "deck", "files", "gcp", "image",
			"images", "local", "local_sdk", "logger", "logging", "otel", "persistence", "project", "sandbox", "sdk",
			"statsd", "storage", "task", "union");

	private static final int MOST_SHOWN = 20;

	private final Path file;

	private final List<String> shown = new ArrayList<>();

	private int more;

	public UnknownKeys(Path file) {
		this.file = file;
	}

	/**
	 * Add a key. A similar name is only searched for if the warning will show the key.
	 * @param name its name with that of its section, as it is written
	 * @param line its line, from zero
	 * @param known the names that have an effect in this place
	 */
	public void add(String name, int line, Collection<String> known) {
		if (this.shown.size() == MOST_SHOWN) {
			this.more++;
			return;
		}
		String nearest = name.endsWith(":") ? find(name.substring(0, name.length() - 1), known) : null;
		String hint = (nearest != null) ? "the second colon belongs to the name; did you mean " + nearest + "?" : null;
		if (hint == null) {
			nearest = nearest(name, known);
			hint = (nearest != null) ? "did you mean " + nearest + "?" : null;
		}
		String text = name.endsWith(":") ? "'" + Excerpt.of(name) + "'" : Excerpt.of(name);
		this.shown.add(text + " (line " + (line + 1) + ((hint != null) ? ", " + hint : "") + ")");
	}

	// Searches for a similar name in the same section first, then for the same name in
	// another section.
	private static @Nullable String nearest(String name, Collection<String> known) {
		String parent = name.substring(0, name.length() - leaf(name).length());
		String leaf = NearName.normalize(leaf(name));
		String nearest = NearName.of(leaf,
				known.stream()
					.filter((candidate) -> candidate.equals(parent + leaf(candidate)))
					.map(UnknownKeys::leaf)
					.toList());
		return (nearest != null) ? parent + nearest
				: known.stream()
					.filter((candidate) -> NearName.normalize(leaf(candidate)).equals(leaf))
					.findFirst()
					.orElse(null);
	}

	private static @Nullable String find(String name, Collection<String> known) {
		return known.contains(name) ? name : null;
	}

	private static String leaf(String name) {
		return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf(' ')) + 1);
	}

	/**
	 * Return the warnings about the file.
	 * @param settings how many settings of the connection the file has
	 * @return the warnings, at most one of each kind
	 */
	public List<String> warnings(int settings) {
		List<String> warnings = new ArrayList<>();
		if (!this.shown.isEmpty()) {
			warnings.add("The Flyte file " + this.file + " has keys that mean nothing: " + String.join(", ", this.shown)
					+ ((this.more > 0) ? " and " + this.more + " more" : ""));
		}
		if (settings == 0) {
			warnings.add("The Flyte file " + this.file + " sets nothing of the connection: neither where Flyte is nor"
					+ " how to log in");
		}
		return warnings;
	}

}
