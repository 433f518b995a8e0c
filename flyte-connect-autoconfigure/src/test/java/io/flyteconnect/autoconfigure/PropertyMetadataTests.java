package io.flyteconnect.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.core.ResolvableType;
import org.springframework.core.convert.ConversionService;
import org.springframework.util.ClassUtils;
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

	@Test
	void whenAPropertyIsShownThenItsTypeAndDescriptionAre() {
		assertThat(metadata("properties")).hasSizeGreaterThan(70)
			.allSatisfy((property) -> assertThat(property.path("type").asString()).isNotBlank())
			.allSatisfy((property) -> assertThat(property.path("description").asString()).hasSizeGreaterThan(5));
	}

	@Test
	void whenAPropertyIsASwitchACountATimeASizeOrAChoiceThenItsDefaultIsShown() {
		assertThat(metadata("properties")).filteredOn((property) -> type(property).isPresent())
			.hasSizeGreaterThan(30)
			.filteredOn((property) -> !property.hasNonNull("defaultValue"))
			.extracting((property) -> property.get("name").asString())
			// As the server publishes it.
			.containsExactly("flyte.credentials.client-authentication-method");
	}

	@Test
	void whenAPropertyIsAChoiceThenEachValueIsOfferedWithItsMeaning() {
		Map<String, Set<String>> offered = new TreeMap<>();
		for (JsonNode hint : metadata("hints")) {
			Set<String> values = new TreeSet<>();
			hint.path("values").forEach((value) -> {
				assertThat(value.path("description").asString()).as(value.toString()).isNotBlank();
				values.add(DataObjectPropertyName.toDashedForm(value.get("value").asString()));
			});
			assertThat(offered.put(hint.get("name").asString(), values)).isNull();
		}
		assertThat(metadata("properties")).filteredOn((property) -> type(property).filter(Class::isEnum).isPresent())
			.hasSizeGreaterThan(6)
			.allSatisfy((property) -> assertThat(offered.get(property.get("name").asString()))
				.as(property.get("name").asString())
				.isNotNull()
				.containsAll(Arrays.stream(type(property).orElseThrow().getEnumConstants())
					.map((constant) -> DataObjectPropertyName
						.toDashedForm(constant.toString().toLowerCase(Locale.ROOT)))
					.toList()));
		Set<String> names = properties(ReadmeTests.METADATA).keySet();
		assertThat(offered.keySet()).isSubsetOf(names);
	}

	@Test
	void whenAConnectionHasANameThenAnEditorOffersWhatTheUnnamedOneHas() throws Exception {
		JsonNode connections = metadata("properties").stream()
			.filter((property) -> property.get("name").asString().equals("flyte.connections"))
			.findFirst()
			.orElseThrow();
		// An editor looks into the type of the values of a map.
		String type = connections.get("type").asString().replaceFirst("^java.util.Map<java.lang.String,(.+)>$", "$1");
		Map<String, String> offered = new TreeMap<>();
		addSettings(offered, "flyte", Class.forName(type));
		assertThat(offered.remove("flyte.inherit")).isEqualTo("boolean");
		Map<String, String> unnamed = new TreeMap<>();
		metadata("properties").stream()
			.filter((property) -> property.get("name")
				.asString()
				.matches("flyte\\.(?:api-key|config-file|(?:platform|credentials|channel|runs|execution)\\..*)"))
			.forEach((property) -> unnamed.put(property.get("name").asString(),
					property.get("type").asString().replace('$', '.')));
		assertThat(offered.keySet()).isEqualTo(unnamed.keySet());
		assertThat(unnamed).hasSizeGreaterThan(60)
			.allSatisfy((name, boxed) -> assertThat(ClassUtils.getShortName(boxed))
				.isEqualToIgnoringCase(ClassUtils.getShortName(offered.get(name)).replace("int", "Integer")));
	}

	private static void addSettings(Map<String, String> settings, String prefix, Class<?> section) {
		fields(section).forEach((field, type) -> {
			String name = prefix + "." + DataObjectPropertyName.toDashedForm(field);
			Class<?> raw = type.resolve(Object.class);
			if (raw.getName().startsWith("io.flyteconnect.") && !raw.isEnum()) {
				addSettings(settings, name, raw);
			}
			else {
				settings.put(name, type.getType().getTypeName().replace('$', '.'));
			}
		});
	}

	private static Map<String, ResolvableType> fields(Class<?> section) {
		Map<String, ResolvableType> fields = new TreeMap<>();
		if (section.isRecord()) {
			Arrays.stream(section.getRecordComponents())
				.forEach((part) -> fields.put(part.getName(), ResolvableType.forType(part.getGenericType())));
		}
		else {
			Arrays.stream(BeanUtils.getPropertyDescriptors(section))
				.filter((property) -> property.getWriteMethod() != null)
				.forEach((property) -> fields.put(property.getName(),
						ResolvableType.forMethodReturnType(property.getReadMethod())));
		}
		return fields;
	}

	// Of what is not a text, a list or a map, whose default may be nothing.
	private static Optional<Class<?>> type(JsonNode property) {
		String name = property.get("type").asString();
		if (name.equals(String.class.getName()) || name.contains("<")) {
			return Optional.empty();
		}
		return Optional.of(ClassUtils.resolveClassName(name, null));
	}

	private static List<JsonNode> metadata(String section) {
		List<JsonNode> result = new ArrayList<>();
		read(ReadmeTests.METADATA).get(section).forEach(result::add);
		return result;
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
