package io.flyteconnect.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.core.convert.ConversionService;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares what an editor shows of each property with what it showed before: a property
 * that is written otherwise in the code is the same one to whoever sets it.
 */
class PropertyMetadataTests {

	private static final Path BEFORE = Path.of("src", "test", "resources", "metadata", "properties.json");

	private final ConversionService conversion = ApplicationConversionService.getSharedInstance();

	@Test
	void whenPropertiesAreBuiltThenNamesTypesDefaultsAndDescriptionsAreThoseOfBefore() {
		assertThat(properties(ReadmeTests.METADATA)).containsExactlyEntriesOf(properties(BEFORE));
	}

	private Map<String, Shown> properties(Path file) {
		Map<String, Shown> result = new TreeMap<>();
		for (JsonNode property : read(file).get("properties")) {
			String type = property.path("type").asString();
			result.put(property.get("name").asString(),
					new Shown(type, standard(type, property.path("defaultValue").asString("")),
							property.path("description").asString("").replaceFirst("\\.$", "")));
		}
		return result;
	}

	// The same default may be written as "90s" or as "1m30s", or not at all where it is
	// what the type begins with.
	private Object standard(String type, String text) {
		return switch (type) {
			case "java.time.Duration" -> text.isEmpty() ? "" : this.conversion.convert(text, Duration.class);
			case "org.springframework.util.unit.DataSize" -> DataSize.parse(text);
			default -> text;
		};
	}

	private static JsonNode read(Path file) {
		try {
			return JsonMapper.builder().build().readTree(Files.readString(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * What an editor shows.
	 *
	 * @param type the type
	 * @param standard the default
	 * @param description the description
	 */
	record Shown(String type, Object standard, String description) {

	}

}
