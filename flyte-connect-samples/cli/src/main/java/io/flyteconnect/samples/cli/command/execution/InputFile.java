package io.flyteconnect.samples.cli.command.execution;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.json.JsonMapper;

import io.flyteconnect.internal.file.BoundedFile;
import io.flyteconnect.internal.file.UnusableFileException;

/**
 * Inputs in a file: YAML where its name ends in {@code .yaml} or {@code .yml}, JSON
 * otherwise.
 */
final class InputFile {

	private static final JsonMapper JSON = JsonMapper.builder()
		.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.build();

	private InputFile() {
	}

	static Map<String, @Nullable Object> read(Path file) {
		Object content = parse(file);
		if (!(content instanceof Map<?, ?> map)) {
			throw new IllegalArgumentException("The file of inputs " + file + " is no map of inputs by their names");
		}
		Map<String, @Nullable Object> inputs = new LinkedHashMap<>();
		map.forEach((name, value) -> inputs.put(String.valueOf(name), value));
		return inputs;
	}

	private static @Nullable Object parse(Path file) {
		try {
			String text = BoundedFile.text(file);
			LoaderOptions options = new LoaderOptions();
			options.setAllowDuplicateKeys(false);
			return file.toString().matches("(?i).*\\.ya?ml") ? new Yaml(new SafeConstructor(options)).load(text)
					: JSON.readValue(text, Object.class);
		}
		catch (UnusableFileException ex) {
			throw new IllegalArgumentException("The file of inputs cannot be used: " + ex.getMessage(), ex);
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException(
					"The file of inputs " + file + " is no JSON" + line(ex) + ": " + ex.getOriginalMessage(), ex);
		}
		catch (YAMLException ex) {
			throw new IllegalArgumentException("The file of inputs " + file + " is no YAML: " + ex.getMessage(), ex);
		}
	}

	/** Where a limit is exceeded, Jackson names no place. */
	private static String line(JacksonException ex) {
		return (ex.getLocation() != null) ? ", line " + ex.getLocation().getLineNr() : "";
	}

}
