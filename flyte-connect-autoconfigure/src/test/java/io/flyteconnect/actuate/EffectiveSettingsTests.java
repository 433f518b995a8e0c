package io.flyteconnect.actuate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.execution.ExecutionDefaults;
import io.flyteconnect.execution.ExecutionSettings;
import io.flyteconnect.identity.AuthRole;
import io.flyteconnect.identity.Identity;
import io.flyteconnect.identity.OAuth2Client;
import io.flyteconnect.identity.OAuth2TokenRequest;
import io.flyteconnect.identity.SecurityContext;
import io.flyteconnect.secret.Secret;

import static org.assertj.core.api.Assertions.assertThat;

class EffectiveSettingsTests {

	private static final Path METADATA = Path.of("target", "classes", "META-INF", "spring-configuration-metadata.json");

	@Test
	void whenThereIsASettingOfAConnectionThenItIsListed() throws IOException {
		JsonNode metadata = JsonMapper.shared().readTree(Files.readString(METADATA));
		List<String> names = metadata.get("properties")
			.valueStream()
			.map((property) -> property.get("name").asString())
			.filter((name) -> name
				.matches("flyte\\.(?:api-key|(?:platform|credentials|channel|runs|secrets|execution)\\..+)"))
			.map((name) -> name.substring("flyte.".length()))
			.toList();
		assertThat(names).hasSizeGreaterThan(50);
		// The elements of a list are shown one by one.
		assertThat(EffectiveSettings.of(PlatformConfig.forEndpoint("localhost"), executions()).keySet())
			.extracting((name) -> name.replaceFirst("\\[0].*", ""))
			.containsOnly(names.toArray(String[]::new));
	}

	private static ExecutionSettings executions() {
		Secret secret = Secret.builder().group("group").key("key").build();
		OAuth2Client client = OAuth2Client.builder().clientId("client").clientSecret(secret).build();
		SecurityContext context = SecurityContext.builder()
			.runAs(Identity.builder().iamRole("role").oauth2Client(client).build())
			.secret(secret)
			.token(OAuth2TokenRequest.builder().name("token").client(client).tokenEndpoint("https://idp").build())
			.build();
		AuthRole role = AuthRole.builder().assumableIamRole("role").build();
		return new ExecutionSettings(new ExecutionDefaults(context, role), Duration.ofSeconds(2),
				Duration.ofSeconds(3));
	}

	@Test
	void whenASettingHasAValueThenItIsWrittenAsInAFileOfSettings() {
		PlatformConfig config = PlatformConfig.builder()
			.endpoint("localhost")
			.property("flyte.channel.deadline", "150s")
			.property("flyte.channel.idle-timeout", "0")
			.property("flyte.channel.max-metadata-size", "33000B")
			.property("flyte.credentials.client-authentication-method", "client-secret-post")
			.build();
		assertThat(EffectiveSettings.of(config, executions())).containsEntry("credentials.interactive", "auto")
			.containsEntry("credentials.store", "memory")
			.containsEntry("credentials.client-authentication-method", "client_secret_post")
			.containsEntry("platform.http-proxy-scope", "all")
			.containsEntry("channel.max-message-size", "20MB")
			.containsEntry("channel.max-metadata-size", "33000B")
			.containsEntry("channel.deadline", "2m30s")
			.containsEntry("channel.idle-timeout", "0s")
			.containsEntry("execution.secrets[0].mount-requirement", "any");
	}

	@Test
	void whenASettingMayHoldASecretThenItIsAMask() {
		PlatformConfig config = PlatformConfig.builder()
			.endpoint("localhost")
			.insecure(true)
			.clientCredentials("client", "s3cret")
			.httpProxyUrl("http://user:pr0xy@127.0.0.1:3128")
			.property("flyte.credentials.store-key", "st0re-key-of-sixteen")
			.property("flyte.credentials.proxy-command", List.of("tool", "arg0ment"))
			.build();
		assertThat(EffectiveSettings.of(config, null)).containsEntry("credentials.client-secret", "******")
			.containsEntry("credentials.store-key", "******")
			.containsEntry("credentials.proxy-command", "******")
			.containsEntry("platform.http-proxy-url", "127.0.0.1:3128")
			.containsEntry("credentials.client-id", "client")
			.containsEntry("credentials.command", null)
			.extracting(Object::toString)
			.asString()
			.doesNotContain("s3cret", "pr0xy", "st0re", "arg0ment");
	}

}
