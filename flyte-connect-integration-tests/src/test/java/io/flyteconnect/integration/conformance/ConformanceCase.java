package io.flyteconnect.integration.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.json.JsonMapper;

import io.flyteconnect.internal.configfile.ProcessEnvironment;

/**
 * One recorded case, copied to a folder of its own.
 */
public record ConformanceCase(String name, Path folder, Map<String, Object> description, Map<String, String> variables,
		Map<String, Object> expected, @Nullable Map<String, Object> deliberate) {

	/** As Python writes it, numbers such as {@code NaN} included. */
	public static final JsonMapper JSON = JsonMapper.builder()
		.enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
		.build();

	private static final List<String> CONFIG_FILES = List.of("config.yaml", "config.yml", "config.ini",
			"flytekit.config");

	public static ConformanceCase copy(Path source, Path target) {
		return copy(source, target, Map.of());
	}

	/**
	 * Copy a case.
	 * @param source the recorded case
	 * @param target where to
	 * @param placeholders what stands for what in its files, beside <code>${CASE}</code>
	 * @return the copy
	 */
	public static ConformanceCase copy(Path source, Path target, Map<String, String> placeholders) {
		Map<String, String> all = new HashMap<>(placeholders);
		all.put("${CASE}", target.toString());
		try {
			copyTree(source, target, all);
			Files.createDirectories(target.resolve("home"));
			Files.createDirectories(target.resolve("cwd"));
			Map<String, Object> variables = json(target.resolve("env.json"));
			Map<String, String> texts = new HashMap<>();
			variables.forEach((key, value) -> texts.put(key, String.valueOf(value)));
			Map<String, Object> deliberate = json(target.resolve("flyte-connect.json"));
			return new ConformanceCase(source.getFileName().toString(), target, json(target.resolve("case.json")),
					texts, json(target.resolve("expected.json")), deliberate.isEmpty() ? null : deliberate);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public static String kind(Path source) {
		return String.valueOf(json(source.resolve("case.json")).get("kind"));
	}

	/** The named file, or {@code null} for discovery. */
	public @Nullable String configFile() {
		if (this.description.containsKey("config_file")) {
			return (String) this.description.get("config_file");
		}
		return CONFIG_FILES.stream()
			.map(this.folder::resolve)
			.filter(Files::exists)
			.map(Path::toString)
			.findFirst()
			.orElse(null);
	}

	public ProcessEnvironment process() {
		return new ProcessEnvironment(this.variables, this.folder.resolve("home"), this.folder.resolve("cwd"));
	}

	private static void copyTree(Path source, Path target, Map<String, String> placeholders) throws IOException {
		try (Stream<Path> files = Files.walk(source)) {
			for (Path file : files.toList()) {
				Path copy = target.resolve(source.relativize(file).toString());
				if (Files.isDirectory(file)) {
					Files.createDirectories(copy);
				}
				else {
					// One byte a character: what is no text must not change.
					String text = Files.readString(file, StandardCharsets.ISO_8859_1);
					for (Map.Entry<String, String> placeholder : placeholders.entrySet()) {
						text = text.replace(placeholder.getKey(), placeholder.getValue());
					}
					Files.writeString(copy, text, StandardCharsets.ISO_8859_1);
				}
			}
		}
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> json(Path file) {
		return Files.exists(file) ? JSON.readValue(file.toFile(), Map.class) : Map.of();
	}

}
