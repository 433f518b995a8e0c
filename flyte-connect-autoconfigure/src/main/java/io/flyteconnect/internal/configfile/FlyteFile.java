package io.flyteconnect.internal.configfile;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.boot.origin.OriginTrackedValue;

/**
 * The content of a Flyte file.
 *
 * @param path the file
 * @param properties the properties below the prefix of a connection, for example
 * {@code platform.url}, with the line and column of each
 * @param warnings the warnings about the file for the user
 * @since 0.1.0
 */
public record FlyteFile(Path path, Map<String, OriginTrackedValue> properties, List<String> warnings) {

	public FlyteFile {
		properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
		warnings = List.copyOf(warnings);
	}

	@Override
	public String toString() {
		return "FlyteFile[" + this.path + ", " + this.properties.keySet() + "]";
	}

}
