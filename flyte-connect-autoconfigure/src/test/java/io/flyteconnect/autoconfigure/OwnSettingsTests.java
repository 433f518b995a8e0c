package io.flyteconnect.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.Environment;
import org.springframework.util.unit.DataSize;

import io.flyteconnect.config.ApiSettings;
import io.flyteconnect.config.FlyteApi;
import io.flyteconnect.config.FlyteProtocol;
import io.flyteconnect.config.HttpProxyScope;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.config.PlatformConfigs;
import io.flyteconnect.internal.configfile.ProcessEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The settings that Flyte's files do not have, from properties and from variables.
 */
@Tag("once")
@ExtendWith(OutputCaptureExtension.class)
class OwnSettingsTests {

	private final Path folder;

	OwnSettingsTests(@TempDir Path folder) {
		this.folder = folder;
	}

	static Stream<Arguments> settings() {
		return Stream.of(
				setting("flyte.channel.max-metadata-size", "64KB", (config) -> config.channel().maxMetadataSize(),
						DataSize.ofKilobytes(64)),
				setting("flyte.channel.deadline", "7s", (config) -> config.channel().deadline(), Duration.ofSeconds(7)),
				setting("flyte.channel.deadline", "0", (config) -> config.channel().deadline(), Duration.ZERO),
				setting("flyte.channel.keepalive-time", "6m", (config) -> config.channel().keepaliveTime(),
						Duration.ofMinutes(6)),
				setting("flyte.channel.keepalive-timeout", "11s", (config) -> config.channel().keepaliveTimeout(),
						Duration.ofSeconds(11)),
				setting("flyte.channel.keepalive-without-calls", "true",
						(config) -> config.channel().keepaliveWithoutCalls(), true),
				setting("flyte.channel.idle-timeout", "90s", (config) -> config.channel().idleTimeout(),
						Duration.ofSeconds(90)),
				setting("flyte.channel.idle-timeout", "0", (config) -> config.channel().idleTimeout(), Duration.ZERO),
				setting("flyte.channel.max-connection-age", "15m", (config) -> config.channel().maxConnectionAge(),
						Duration.ofMinutes(15)),
				setting("flyte.platform.ca-cert-file-refresh", "5s", (config) -> config.tls().caCertFileRefresh(),
						Duration.ofSeconds(5)),
				setting("flyte.platform.require-tls", "true", (config) -> config.tls().requireTls(), true),
				setting("flyte.channel.per-retry-timeout", "7s", (config) -> config.channel().perRetryTimeout(),
						Duration.ofSeconds(7)),
				setting("flyte.channel.shutdown-grace-period", "3s", (config) -> config.channel().shutdownGracePeriod(),
						Duration.ofSeconds(3)),
				setting("flyte.channel.user-agent", "my-service/1", (config) -> config.channel().userAgent(),
						"my-service/1"),
				setting("flyte.channel.load-balancing-policy", "round_robin",
						(config) -> config.channel().loadBalancingPolicy(), "round_robin"),
				setting("flyte.secrets.refresh", "30s", (config) -> config.secrets().refresh(), Duration.ofSeconds(30)),
				setting("flyte.platform.http-proxy-scope", "oauth", (config) -> config.httpProxy().scope(),
						HttpProxyScope.OAUTH),
				setting("flyte.platform.api", "V2", (config) -> config.api().version(), FlyteApi.V2),
				setting("flyte.platform.api", "v2", (config) -> config.api(),
						new ApiSettings(FlyteApi.V2, FlyteProtocol.CONNECT)),
				setting("flyte.platform.protocol", "grpc", (config) -> config.api(), ApiSettings.V1),
				setting("flyte.platform.ssl-bundle", "corporate", (config) -> config.tls().sslBundle(), "corporate"));
	}

	private static Arguments setting(String property, String text, Function<PlatformConfig, @Nullable Object> value,
			Object expected) {
		return Arguments.of(property, text, value, expected);
	}

	@ParameterizedTest(name = "{0}={1}")
	@MethodSource("settings")
	void whenAPropertyIsSetThenItTakesEffect(String property, String text, Function<PlatformConfig, Object> value,
			Object expected) {
		assertThat(value.apply(config(Map.of(), Map.of(property, text)))).isEqualTo(expected);
	}

	@ParameterizedTest(name = "{0}={1}")
	@MethodSource("settings")
	void whenAVariableIsSetThenItTakesEffect(String property, String text, Function<PlatformConfig, Object> value,
			Object expected) {
		String variable = property.toUpperCase(Locale.ROOT).replace("-", "").replace('.', '_');
		assertThat(value.apply(config(Map.of(variable, text), Map.of()))).isEqualTo(expected);
		String withUnderscores = property.toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_');
		assertThat(value.apply(config(Map.of(withUnderscores, text), Map.of()))).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "'all,files:*', true", "'all,offline', false" })
	void whenAScopeIsAWildcardThenThatIsWarnedOf(String scopes, boolean warned, CapturedOutput output) {
		assertThat(config(Map.of(), Map.of("flyte.credentials.scopes", scopes)).credentials().scopes()).hasSize(2);
		assertThat(output.getOut().contains("flyte.credentials.scopes holds the wildcard '*'")).isEqualTo(warned);
	}

	private PlatformConfig config(Map<String, String> variables, Map<String, Object> properties) {
		ProcessEnvironment process = new ProcessEnvironment(variables, this.folder, this.folder);
		Environment environment = FlyteEnvironments.prepare(process, properties);
		return PlatformConfigs.of(environment, process);
	}

}
