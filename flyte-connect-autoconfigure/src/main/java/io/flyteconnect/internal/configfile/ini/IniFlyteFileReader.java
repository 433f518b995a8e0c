package io.flyteconnect.internal.configfile.ini;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.boot.origin.OriginTrackedValue;

import io.flyteconnect.internal.configfile.FlyteFile;
import io.flyteconnect.internal.configfile.FlyteFileKey;
import io.flyteconnect.internal.configfile.FlyteFileText;
import io.flyteconnect.internal.configfile.InvalidFlyteFileException;
import io.flyteconnect.internal.configfile.UnknownKeys;

/**
 * Reads the older, INI form of a Flyte file, {@code flytekit.config}.
 */
public final class IniFlyteFileReader {

	/** Every section and option that has an effect. */
	private static final Set<String> NAMES = FlyteFileKey.ALL.stream()
		.map(FlyteFileKey::ini)
		.filter(Objects::nonNull)
		.flatMap((ini) -> Stream.of(section(ini.substring(0, ini.indexOf('.'))),
				section(ini.substring(0, ini.indexOf('.'))) + " " + ini.substring(ini.indexOf('.') + 1)))
		.collect(Collectors.toCollection(LinkedHashSet::new));

	private final FlyteFileText file;

	public IniFlyteFileReader(FlyteFileText file) {
		this.file = file;
	}

	public FlyteFile read() {
		Map<String, Map<String, IniDocument.Value>> sections = IniDocument.read(this.file);
		if (sections.containsKey("internal")) {
			throw new InvalidFlyteFileException(this.file.path().toString(), "The section [internal] is Flyte's own.",
					"Remove the section from the file.", null);
		}
		Map<String, OriginTrackedValue> properties = new LinkedHashMap<>();
		for (FlyteFileKey key : FlyteFileKey.ALL) {
			if (key.ini() != null) {
				int dot = key.ini().indexOf('.');
				Map<String, IniDocument.Value> section = sections.get(key.ini().substring(0, dot));
				if (section != null) {
					// DEFAULT adds options to existing sections only; it creates none.
					Map<String, IniDocument.Value> options = new LinkedHashMap<>(
							sections.getOrDefault(IniDocument.DEFAULT_SECTION, Map.of()));
					options.putAll(section);
					IniDocument.Value value = options.get(key.ini().substring(dot + 1));
					if (value != null) {
						properties.put(key.property(), track(key, value, options));
					}
				}
			}
		}
		return new FlyteFile(this.file.path(), properties, unknownKeys(sections).warnings(properties.size()));
	}

	private UnknownKeys unknownKeys(Map<String, Map<String, IniDocument.Value>> sections) {
		UnknownKeys unknown = new UnknownKeys(this.file.path());
		sections.forEach((section, options) -> {
			boolean ours = NAMES.contains(section(section));
			if (!ours && !section.equals(IniDocument.DEFAULT_SECTION)
					&& !UnknownKeys.OTHER_SECTIONS.contains(section)) {
				unknown.add(section(section), line(options), NAMES);
			}
			Set<String> filledIn = IniInterpolation.references(options.values());
			options.forEach((option, value) -> {
				String name = section(section) + " " + option;
				if (ours && !NAMES.contains(name) && !filledIn.contains(option)) {
					unknown.add(section(section) + " " + firstWord(option), value.line(), NAMES);
				}
			});
		});
		return unknown;
	}

	// What follows a blank may be a secret that lacks the sign before it, and ends with
	// one.
	private static String firstWord(String option) {
		String word = option.split("\\s", 2)[0];
		return (word.length() < option.length()) ? word + " ..." : word;
	}

	private static int line(Map<String, IniDocument.Value> options) {
		return (options instanceof IniDocument.Section section) ? section.line() : 0;
	}

	private static String section(String name) {
		return "[" + name + "]";
	}

	private OriginTrackedValue track(FlyteFileKey key, IniDocument.Value value,
			Map<String, IniDocument.Value> options) {
		try {
			String text = new IniInterpolation(options).resolve(value.text());
			if (key.kind() == FlyteFileKey.Kind.BOOLEAN && text.isEmpty()) {
				throw new IllegalArgumentException("an empty text is neither true nor false");
			}
			return this.file.track(text, value.line(), value.column());
		}
		catch (IllegalArgumentException ex) {
			throw this.file.invalid(value.line(), value.column(), "'" + key.ini() + "': " + ex.getMessage() + ".",
					"Correct the value; a percent sign itself is written '%%'.", null);
		}
	}

}
