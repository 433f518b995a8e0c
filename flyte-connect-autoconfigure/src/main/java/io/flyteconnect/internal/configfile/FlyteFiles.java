package io.flyteconnect.internal.configfile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

import io.flyteconnect.internal.configfile.ini.IniFlyteFileReader;
import io.flyteconnect.internal.configfile.yaml.YamlFlyteFileReader;
import io.flyteconnect.internal.file.TimedFileAccess;
import io.flyteconnect.internal.file.UnusableFileException;

/**
 * Finds and reads the Flyte file, in the order of {@code get_config_file} of
 * {@code flytekit/configuration/file.py}: the named one, that of
 * {@code _FLYTECTL_CONFIG_PYFLYTE_OVERRIDE}, that of {@code FLYTECTL_CONFIG},
 * {@code flytekit.config} in the working directory, {@code .flyte/config} and
 * {@code .flyte/config.yaml} in the home. The first one is taken; files are never merged.
 *
 * @since 0.1.0
 */
public final class FlyteFiles {

	/** The value to use instead of a file name to read no file. */
	public static final String NONE = "none";

	/** The variable that names the file for Flyte's own tools. */
	public static final String FLYTECTL_CONFIG = "FLYTECTL_CONFIG";

	/**
	 * The variable in which {@code pyflyte --config} passes on its file. If it is set,
	 * even to an empty text, {@value #FLYTECTL_CONFIG} is ignored.
	 */
	public static final String PYFLYTE_OVERRIDE = "_FLYTECTL_CONFIG_PYFLYTE_OVERRIDE";

	static final String MEND = "Mend the disk or mount, or set flyte.config-file to another file or to 'none'.";

	private final ProcessEnvironment process;

	/**
	 * Create a finder.
	 * @param process where variables are read and folders are
	 */
	public FlyteFiles(ProcessEnvironment process) {
		this.process = process;
	}

	/**
	 * Find and read the file.
	 * @param configFile the file that is named for the connection, {@value #NONE} for
	 * none, or {@code null} or empty to discover it
	 * @param source the name of the setting that names it, for messages, for example
	 * {@code flyte.config-file}
	 * @return the content of the file, or {@code null} if there is no file
	 * @throws InvalidFlyteFileException if a named file is missing or unreadable, or the
	 * content of the file is invalid
	 */
	public @Nullable FlyteFile read(@Nullable String configFile, String source) {
		if (StringUtils.hasText(configFile)) {
			return NONE.equalsIgnoreCase(configFile.strip()) ? null : readNamed(configFile, source);
		}
		String variable = (this.process.variable(PYFLYTE_OVERRIDE) != null) ? PYFLYTE_OVERRIDE : FLYTECTL_CONFIG;
		String named = this.process.variable(variable);
		if (StringUtils.hasLength(named)) {
			return readNamed(named, "environment variable " + variable);
		}
		for (Path candidate : usualPlaces()) {
			Find find = find(candidate);
			if (find != Find.NOTHING) {
				return readFound(candidate, find);
			}
		}
		return null;
	}

	private List<Path> usualPlaces() {
		Path flyte = this.process.home().resolve(".flyte");
		return List.of(this.process.workingDirectory().resolve("flytekit.config"), flyte.resolve("config"),
				flyte.resolve("config.yaml"));
	}

	/**
	 * Return the places that a file is looked for in. None of them is looked at.
	 * @param configFile the file that is named for the connection, {@value #NONE} for
	 * none, or {@code null} or empty to discover it
	 * @return the paths in their order, of which the first that is there is read
	 */
	public List<String> places(@Nullable String configFile) {
		if (StringUtils.hasText(configFile)) {
			return NONE.equalsIgnoreCase(configFile.strip()) ? List.of() : List.of(configFile);
		}
		String override = this.process.variable(PYFLYTE_OVERRIDE);
		String named = (override != null) ? override : this.process.variable(FLYTECTL_CONFIG);
		return StringUtils.hasLength(named) ? List.of(named) : usualPlaces().stream().map(Path::toString).toList();
	}

	private FlyteFile readNamed(String name, String source) {
		Path path;
		try {
			path = this.process.resolve(name);
		}
		catch (InvalidPathException ex) {
			throw named(name, source, "is no path", ex);
		}
		return switch (find(path)) {
			case NOTHING -> throw named(path.toString(), source, "does not exist", null);
			case FOLDER -> throw named(path.toString(), source, "is a folder", null);
			case UNREADABLE -> throw named(path.toString(), source, "cannot be read by this process", null);
			case FILE -> parse(path);
		};
	}

	/**
	 * Even a check for existence does not return on a mount that is gone, so it has a
	 * time limit.
	 */
	private static Find find(Path path) {
		try {
			return TimedFileAccess.call(path, "look for", () -> {
				if (!Files.exists(path)) {
					return Find.NOTHING;
				}
				if (Files.isDirectory(path)) {
					return Find.FOLDER;
				}
				return Files.isReadable(path) ? Find.FILE : Find.UNREADABLE;
			});
		}
		catch (UnusableFileException ex) {
			throw new InvalidFlyteFileException(path.toString(), "The file " + ex.getSentence() + ".", MEND, ex);
		}
		catch (IOException ex) {
			return Find.UNREADABLE;
		}
	}

	private static InvalidFlyteFileException named(String path, String source, String reason,
			@Nullable Throwable cause) {
		return new InvalidFlyteFileException(path, "The Flyte file that " + source + " names " + reason + ".",
				"Correct " + source + " (a relative path starts at the working directory, '~' is not expanded),"
						+ " remove it to use the usual places, or set flyte.config-file to 'none' to read no file.",
				cause);
	}

	// Python's configparser ignores an INI file that it cannot open.
	private static FlyteFile readFound(Path path, Find find) {
		if (!isYaml(path) && find != Find.FILE) {
			return new FlyteFile(path, Map.of(),
					List.of("The Flyte file " + path + " cannot be read, and counts as empty"));
		}
		return parse(path);
	}

	private static FlyteFile parse(Path path) {
		FlyteFileText text = FlyteFileText.read(path);
		return isYaml(path) ? new YamlFlyteFileReader(text).read() : new IniFlyteFileReader(text).read();
	}

	private static boolean isYaml(Path path) {
		return path.toString().endsWith("yaml") || path.toString().endsWith("yml");
	}

	private enum Find {

		NOTHING, FOLDER, UNREADABLE, FILE

	}

}
