package io.flyteconnect.configfile;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.boot.origin.OriginTrackedValue;

/**
 * Reads the older, INI form of a Flyte file, {@code flytekit.config}.
 *
 * @author Flyte Connect
 */
final class IniFlyteFileReader {

	private final FlyteFileText file;

	IniFlyteFileReader(FlyteFileText file) {
		this.file = file;
	}

	FlyteFile read() {
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
					// DEFAULT fills in sections that are there; it makes none.
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
		return new FlyteFile(this.file.path(), properties, List.of());
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
