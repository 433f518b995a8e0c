package io.flyteconnect.autoconfigure;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.unit.DataSize;

import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.config.PlatformConfigs;
import io.flyteconnect.internal.config.ConnectionProperties;
import io.flyteconnect.internal.configfile.ProcessEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A value that is of the right type, and that the section it belongs to cannot hold: the
 * property is named in full, with an application around and without one.
 */
@Tag("once")
@ExtendWith(OutputCaptureExtension.class)
class UnusableFieldTests {

	private static final Set<Class<?>> CHECKED = Set.of(Integer.class, int.class, Long.class, long.class,
			Duration.class, DataSize.class);

	private final Path folder;

	UnusableFieldTests(@TempDir Path folder) {
		this.folder = folder;
	}

	static Stream<Row> rows() {
		return Stream.of(row("channel.max-retries", "-1", "'-1' is negative."), negative("channel.per-retry-timeout"),
				zero("channel.max-backoff-delay"), size("channel.max-message-size", "0B"),
				size("channel.max-metadata-size", "2147483648B"), negative("channel.deadline"),
				negative("channel.keepalive-time"), zero("channel.keepalive-timeout"), negative("channel.idle-timeout"),
				negative("channel.max-connection-age"), negative("platform.ca-cert-file-refresh"),
				negative("channel.shutdown-grace-period"), negative("credentials.token-refresh-window"),
				negative("credentials.command-ttl"), zero("credentials.request-timeout"),
				zero("credentials.pkce.timeout"), negative("credentials.pkce.refresh-time"),
				zero("credentials.device-flow.timeout"), negative("credentials.device-flow.refresh-time"),
				zero("credentials.device-flow.poll-interval"), negative("secrets.refresh"));
	}

	@Test
	void whenSettingIsNumberDurationOrSizeThenItHasARow() {
		assertThat(settings("", ConnectionProperties.class))
			.containsExactlyInAnyOrderElementsOf(rows().map(Row::name).toList());
	}

	@ParameterizedTest
	@MethodSource("rows")
	void whenApplicationHasItThenItIsNamedInFull(Row row, CapturedOutput output) throws IOException {
		Path file = Files.writeString(this.folder.resolve("application.yml"),
				"flyte." + row.name() + ": " + row.value() + "\n");
		assertThatException().isThrownBy(() -> new TestApplications(this.folder).run().close())
			.satisfies((ex) -> assertThat(ex).hasStackTraceContaining(row.field() + ": " + row.reason()));
		assertThat(output)
			.contains("Property: flyte." + row.name() + System.lineSeparator(), "Reason: " + row.reason(),
					"Correct flyte." + row.name() + ", or remove it to use the default.")
			.containsPattern("Origin: .*" + file.getFileName() + ".*:1:" + (9 + row.name().length()));
	}

	@ParameterizedTest
	@MethodSource("rows")
	void whenThereIsNoApplicationThenItIsNamedInFull(Row row) {
		ProcessEnvironment process = new ProcessEnvironment(Map.of(row.variable(), row.value()), this.folder,
				this.folder);
		assertThatExceptionOfType(InvalidFlyteConfigurationException.class)
			.isThrownBy(() -> PlatformConfigs.auto(process, "none"))
			.satisfies((ex) -> assertThat(ex.getProperty()).isEqualTo("flyte." + row.name()))
			.satisfies((ex) -> assertThat(ex.getReason()).isEqualTo(row.reason()))
			.satisfies((ex) -> assertThat(ex.getOrigin()).isEqualTo("environment variable " + row.variable()));
	}

	private static Stream<String> settings(String prefix, Class<?> section) {
		return Stream.of(section.getRecordComponents()).flatMap((component) -> settings(prefix, component));
	}

	private static Stream<String> settings(String prefix, RecordComponent component) {
		String name = prefix + DataObjectPropertyName.toDashedForm(component.getName());
		if (component.getType().isRecord()) {
			return settings(name + ".", component.getType());
		}
		return CHECKED.contains(component.getType()) ? Stream.of(name) : Stream.empty();
	}

	private static Row negative(String name) {
		return row(name, "-1s", "'PT-1S' is negative.");
	}

	private static Row zero(String name) {
		return row(name, "0s", "'PT0S' is not positive.");
	}

	private static Row size(String name, String size) {
		return row(name, size, "'" + size + "' is not between one byte and two gigabytes.");
	}

	private static Row row(String name, String value, String reason) {
		return new Row(name, value, reason);
	}

	record Row(String name, String value, String reason) {

		String variable() {
			return "FLYTE_" + this.name.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
		}

		String field() {
			String last = this.name.substring(this.name.lastIndexOf('.') + 1);
			return Stream.of(last.split("-"))
				.reduce("", (text, word) -> text.isEmpty() ? word
						: text + word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
		}

	}

}
