package io.flyteconnect.autoconfigure;

import javax.sql.DataSource;

import flyteidl.service.AdminServiceGrpc;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.AbstractStub;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.grpc.client.autoconfigure.GrpcClientAutoConfiguration;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.grpc.client.ClientInterceptorsConfigurer;
import org.springframework.grpc.client.GrpcChannelBuilderCustomizer;
import org.springframework.security.crypto.encrypt.TextEncryptor;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;

import io.flyteconnect.FlyteAdminStub;
import io.flyteconnect.FlyteConnection;
import io.flyteconnect.FlyteConnectionFactory;
import io.flyteconnect.FlyteConnectionListener;
import io.flyteconnect.FlyteConnections;
import io.flyteconnect.autoconfigure.aot.SetAtRunTime;
import io.flyteconnect.autoconfigure.connection.DefaultConnection;
import io.flyteconnect.autoconfigure.connection.FlyteConnectionsConfiguration;
import io.flyteconnect.autoconfigure.secret.SecretBindHandler;
import io.flyteconnect.internal.config.ConnectionProperties;
import io.flyteconnect.internal.configfile.ProcessEnvironment;

/**
 * Auto-configuration for the default connection to Flyte and what is injected from it.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { GrpcClientAutoConfiguration.class, SslAutoConfiguration.class })
@ConditionalOnClass({ AbstractStub.class, AdminServiceGrpc.class, NettyChannelBuilder.class,
		OAuth2AuthorizedClientManager.class })
@ConditionalOnBooleanProperty(name = "flyte.enabled", matchIfMissing = true)
@EnableConfigurationProperties({ FlyteProperties.class, ConnectionProperties.class })
@Import({ FlyteConnectionsConfiguration.class, FlyteAuthorizedClientManagerConfiguration.class })
public final class FlyteAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	FlyteConnectionFactory flyteConnectionFactory(ApplicationContext context, ConfigurableEnvironment environment,
			ObjectProvider<GrpcChannelBuilderCustomizer<?>> customizers,
			ObjectProvider<ClientInterceptorsConfigurer> interceptors, ObjectProvider<SslBundles> sslBundles,
			ConfigurableListableBeanFactory beans,
			@Qualifier("flyteTextEncryptor") ObjectProvider<TextEncryptor> textEncryptor,
			ObjectProvider<FlyteConnectionListener> listeners, ObjectProvider<DataSource> dataSource) {
		SetAtRunTime.requireEnabled(environment);
		return FlyteConnectionFactory.builder()
			.customizers(customizers.orderedStream().toList())
			.globalInterceptors(interceptors.getIfAvailable(() -> globalInterceptors(context)))
			.transport(TestTransport.find(context))
			.sslBundles(sslBundles.getIfAvailable())
			.tokenSuppliers(new TokenSuppliers(beans, environment))
			.textEncryptor(textEncryptor.getIfAvailable())
			.dataSource(LoginDatabase.find(context, dataSource))
			.events(context::publishEvent)
			.listeners(listeners.orderedStream().toList())
			.environment(ProcessEnvironment.of(environment).variables())
			.build();
	}

	// Boot's own is absent where spring.grpc.client.enabled is false: that is about
	// Boot's channels.
	private static ClientInterceptorsConfigurer globalInterceptors(ApplicationContext context) {
		ClientInterceptorsConfigurer configurer = new ClientInterceptorsConfigurer(context);
		configurer.afterPropertiesSet();
		return configurer;
	}

	@Bean
	@ConditionalOnMissingBean(name = "flyteConnection")
	FlyteConnection flyteConnection(FlyteConnectionFactory factory, DefaultConnection connection,
			Environment environment) {
		return SecretBindHandler.withoutSecrets(environment, () -> factory.create(connection.config()));
	}

	@Bean
	@ConditionalOnMissingBean(name = "flyteAdminStub")
	FlyteAdminStub flyteAdminStub(DefaultConnection connection) {
		return connection.connection().admin();
	}

	@Bean
	static ConnectionShutdown flyteConnectionShutdown(ConfigurableApplicationContext context) {
		return new ConnectionShutdown(context);
	}

	@Bean
	@ConditionalOnMissingBean
	FlyteConnections flyteConnections(ObjectProvider<FlyteConnection> connections) {
		return new FlyteConnections(() -> connections.orderedStream().toList());
	}

	@Bean
	FlyteStartupCheck flyteStartupCheck(FlyteProperties properties, ObjectProvider<FlyteConnection> connections,
			ConfigurableEnvironment environment) {
		return new FlyteStartupCheck(properties.startupCheck(), properties.startupCheckTimeout(), connections,
				ProcessEnvironment.of(environment).variables());
	}

}
