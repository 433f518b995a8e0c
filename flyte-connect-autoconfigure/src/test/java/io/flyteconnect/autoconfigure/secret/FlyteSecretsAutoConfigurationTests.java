package io.flyteconnect.autoconfigure.secret;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.AbstractStub;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;

import io.flyteconnect.autoconfigure.FlyteAutoConfiguration;
import io.flyteconnect.internal.secret.SecretReads;
import io.flyteconnect.internal.secret.SecretRefresh;
import io.flyteconnect.secret.FlyteSecretChangedEvent;
import io.flyteconnect.secret.FlyteSecretSource;
import io.flyteconnect.secret.Secret;
import io.flyteconnect.secret.SecretLocations;
import io.flyteconnect.secret.SecretNotFoundException;
import io.flyteconnect.secret.SecretResolver;
import io.flyteconnect.secret.SecretSource;
import io.flyteconnect.secret.SecretValue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Each condition of the auto-configuration, and each bean that gives way.
 */
class FlyteSecretsAutoConfigurationTests {

	private final Path folder;

	private final ApplicationContextRunner runner;

	FlyteSecretsAutoConfigurationTests(@TempDir Path folder) throws Exception {
		this.folder = folder;
		Files.createDirectory(folder.resolve("db"));
		Files.writeString(folder.resolve("db/pw"), "from-file\n");
		this.runner = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(FlyteSecretsAutoConfiguration.class))
			.withPropertyValues("flyte.secrets.default-dir=" + folder);
	}

	@Test
	void whenNothingIsDefinedThenSecretsAreFound() {
		this.runner.run((context) -> {
			assertThat(context).hasSingleBean(SecretResolver.class).hasSingleBean(FlyteSecretSource.class);
			try (SecretValue value = context.getBean(SecretResolver.class).get("db", "pw")) {
				assertThat(value.text()).isEqualTo("from-file");
				assertThat(value.origin()).isEqualTo("file " + this.folder + "/db/pw");
			}
		});
	}

	@Test
	void whenThereIsNoGrpcThenSecretsAreFoundAllTheSame() {
		for (Class<?> absent : List.of(AbstractStub.class, NettyChannelBuilder.class,
				OAuth2AuthorizedClientManager.class, SanitizingFunction.class)) {
			this.runner
				.withConfiguration(
						AutoConfigurations.of(FlyteAutoConfiguration.class, FlyteSanitizingAutoConfiguration.class))
				.withClassLoader(new FilteredClassLoader(absent))
				.run((context) -> assertThat(context.getBean(SecretResolver.class).get("db", "pw").text())
					.isEqualTo("from-file"));
		}
	}

	@Test
	void whenSwitchedOffThenThereIsNothing() {
		this.runner.withPropertyValues("flyte.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(SecretResolver.class)
				.doesNotHaveBean(SecretSource.class)
				.doesNotHaveBean(SecretRefresh.class)
				.doesNotHaveBean(SecretReads.class));
	}

	@Test
	void whenAResolverIsDefinedThenOursGivesWay() {
		SecretResolver own = (secret) -> SecretValue.of("own", "test");
		this.runner.withBean("own", SecretResolver.class, () -> own)
			.run((context) -> assertThat(context).getBean(SecretResolver.class).isSameAs(own));
	}

	@Test
	void whenTheSourceIsDefinedThenOursGivesWay() {
		FlyteSecretSource own = new FlyteSecretSource(SecretLocations.standard(), Map.of("_FSEC_DB_PW", "own"));
		this.runner.withBean("own", FlyteSecretSource.class, () -> own).run((context) -> {
			assertThat(context).getBean(FlyteSecretSource.class).isSameAs(own);
			assertThat(context.getBean(SecretResolver.class).get("db", "pw").text()).isEqualTo("own");
		});
	}

	@Test
	void whenSourcesAreDefinedThenTheyAreAskedInTheirOrderBeforeAndAfterOurs() {
		this.runner.withUserConfiguration(Sources.class).run((context) -> {
			SecretResolver resolver = context.getBean(SecretResolver.class);
			assertThat(resolver.get("vault", "pw").text()).isEqualTo("of the vault");
			assertThat(resolver.get("db", "pw").text()).isEqualTo("from-file");
			assertThat(resolver.get("cloud", "pw").text()).isEqualTo("of the cloud");
			assertThatExceptionOfType(SecretNotFoundException.class).isThrownBy(() -> resolver.get("db", "no"))
				.satisfies(
						(ex) -> assertThat(ex.getPlaces()).containsExactly("Vault", "environment variable _FSEC_DB_NO",
								"environment variable DB_NO", "file " + this.folder + "/db/no", "Cloud", "Unordered"));
		});
	}

	@Test
	void whenRefreshIsNotSetThenNothingIsWatched() {
		this.runner.run((context) -> assertThat(context.getBean(SecretRefresh.class).isRunning()).isFalse());
	}

	@Test
	void whenRefreshIsNegativeThenTheStartFails() {
		this.runner.withPropertyValues("flyte.secrets.refresh=-5s")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("flyte.secrets.refresh"));
	}

	@Test
	void whenRefreshIsSetThenAChangeIsPublishedUntilTheContextIsClosed() {
		this.runner.withUserConfiguration(Listener.class)
			.withPropertyValues("flyte.secrets.refresh=10ms")
			.run((context) -> {
				SecretResolver resolver = context.getBean(SecretResolver.class);
				assertThat(resolver.get("db", "pw").text()).isEqualTo("from-file");
				Files.writeString(this.folder.resolve("db/pw"), "rotated");
				Listener listener = context.getBean(Listener.class);
				assertThat(listener.events.poll(30, TimeUnit.SECONDS))
					.isEqualTo(new FlyteSecretChangedEvent(Secret.of("db", "pw")));
				assertThat(resolver.get("db", "pw").text()).isEqualTo("rotated");
				SecretRefresh refresh = context.getBean(SecretRefresh.class);
				assertThat(refresh.isRunning()).isTrue();
				context.close();
				assertThat(refresh.isRunning()).isFalse();
			});
	}

	@Configuration(proxyBeanMethods = false)
	static class Sources {

		@Bean
		@Order(5)
		SecretSource cloud() {
			return new Named("Cloud", "cloud", "of the cloud");
		}

		@Bean
		@Order(-5)
		SecretSource vault() {
			return new Named("Vault", "vault", "of the vault");
		}

		@Bean
		SecretSource unordered() {
			return new Named("Unordered", "db", "too late");
		}

	}

	record Named(String name, String group, String text) implements SecretSource {

		@Override
		public @Nullable SecretValue find(Secret secret) {
			return (this.group.equals(secret.group()) && "pw".equals(secret.key()))
					? SecretValue.of(this.text, this.name) : null;
		}

		@Override
		public List<String> places(Secret secret) {
			return List.of(this.name);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Listener {

		final BlockingQueue<FlyteSecretChangedEvent> events = new LinkedBlockingQueue<>();

		@EventListener
		void changed(FlyteSecretChangedEvent event) {
			this.events.add(event);
		}

	}

}
