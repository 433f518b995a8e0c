package io.flyteconnect.autoconfigure.secret;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.ConfigurableEnvironment;

import io.flyteconnect.internal.secret.SecretReads;
import io.flyteconnect.internal.secret.SecretRefresh;
import io.flyteconnect.internal.secret.SourcesSecretResolver;
import io.flyteconnect.secret.FlyteSecretSource;
import io.flyteconnect.secret.SecretResolver;
import io.flyteconnect.secret.SecretSource;

/**
 * Auto-configuration for the secrets that Flyte injects into a pod. Does not need a
 * connection.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "flyte.enabled", matchIfMissing = true)
public final class FlyteSecretsAutoConfiguration {

	@Bean
	SecretReads flyteSecretReads(ConfigurableEnvironment environment) {
		return FlyteSecretPropertySource.reads(environment);
	}

	@Bean
	@ConditionalOnMissingBean
	FlyteSecretSource flyteSecretSource(ConfigurableEnvironment environment, SecretReads reads) {
		return FlyteSecretSources.create(environment, reads);
	}

	@Bean
	@ConditionalOnMissingBean
	SecretResolver flyteSecretResolver(ObjectProvider<SecretSource> sources, SecretReads reads) {
		return new SourcesSecretResolver(sources.orderedStream().toList(), reads.lookups());
	}

	@Bean
	SecretRefresh flyteSecretRefresh(ConfigurableEnvironment environment, FlyteSecretSource source, SecretReads reads,
			ApplicationEventPublisher publisher) {
		return new SecretRefresh(FlyteSecretSources.settings(environment).refresh(), source, reads,
				publisher::publishEvent);
	}

}
