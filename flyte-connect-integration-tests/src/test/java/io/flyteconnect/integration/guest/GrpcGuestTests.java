package io.flyteconnect.integration.guest;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import flyteidl.service.AdminServiceGrpc;
import flyteidl.service.AdminServiceGrpc.AdminServiceBlockingStub;
import flyteidl.service.AdminServiceGrpc.AdminServiceFutureStub;
import flyteidl.service.AgentMetadataServiceGrpc.AgentMetadataServiceBlockingStub;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ChannelCredentials;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.TlsChannelCredentials;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;
import org.springframework.grpc.client.ChannelBuilderOptions;
import org.springframework.grpc.client.ChannelCredentialsProvider;
import org.springframework.grpc.client.ClientInterceptorsConfigurer;
import org.springframework.grpc.client.GlobalClientInterceptor;
import org.springframework.grpc.client.GrpcChannelFactory;
import org.springframework.grpc.client.ImportGrpcClients;
import org.springframework.grpc.client.NettyGrpcChannelFactory;

import io.flyteconnect.FlyteAdminStub;
import io.flyteconnect.testsupport.LoginServer;
import io.flyteconnect.testsupport.TokenServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Applications that have gRPC channels of their own.
 */
@Tag("guest")
@Tag("once")
class GrpcGuestTests {

	private final TokenServer idp = new TokenServer("our-token");

	private LoginServer flyte;

	private LoginServer other;

	@BeforeEach
	void start() throws Exception {
		this.flyte = new LoginServer();
		this.flyte.accepted.add("our-token");
		this.other = new LoginServer();
		this.other.tokenWanted = false;
	}

	@AfterEach
	void stop() throws Exception {
		this.flyte.close();
		this.other.close();
		this.idp.close();
	}

	static Stream<Class<?>> applications() {
		return Stream.of(Plain.class, OwnFactory.class, OwnCredentials.class, OwnInterceptors.class,
				ImportsClients.class, ImportsFlyteClients.class);
	}

	@ParameterizedTest
	@MethodSource("applications")
	void whenFlyteIsThereThenTheApplicationIsAsBefore(Class<?> type) {
		GuestApplication.Starter application = application(type);
		try (GuestApplication with = application.withFlyte(); GuestApplication without = application.withoutFlyte()) {
			assertThat(with.beansOfFlyte()).contains("flyteConnection", "flyteAuthorizedClientManager");
			assertThat(with.beans()).isEqualTo(without.beans());
			assertThat(factory(with)).isEqualTo(factory(without));
			assertThat(names(with, ClientInterceptor.class)).isEqualTo(names(without, ClientInterceptor.class));
			assertThat(names(with, ChannelCredentialsProvider.class))
				.isEqualTo(names(without, ChannelCredentialsProvider.class));
		}
	}

	@ParameterizedTest
	@MethodSource("applications")
	void whenFlyteIsCalledThenItIsCalledWithOurTokenAndOthersAreNot(Class<?> type) {
		try (GuestApplication application = application(type).withFlyte()) {
			callFlyte(application);
			assertThat(this.flyte.authorizations).containsExactly("Bearer our-token");
			ManagedChannel own = application.bean(GrpcChannelFactory.class).createChannel("own");
			try {
				AdminServiceGrpc.newBlockingStub(own).getVersion(GetVersionRequest.getDefaultInstance());
			}
			finally {
				own.shutdownNow();
			}
			assertThat(this.other.authorizations).containsExactly("null");
			assertThat(header(this.other, "user-agent")).doesNotContain("flyte-connect");
			assertThat(header(this.flyte, "user-agent")).contains("flyte-connect");
		}
	}

	@Test
	void whenThePropertiesOfOtherChannelsWantTlsThenFlyteIsCalledAsItsOwnPropertiesSay() {
		try (GuestApplication application = application(Plain.class)
			.properties("spring.grpc.client.channel.default.ssl.enabled=true",
					"spring.grpc.client.channel.default.default.deadline=1ns")
			.withFlyte()) {
			callFlyte(application);
			assertThat(this.flyte.refusals).hasValue(0);
		}
	}

	@Test
	void whenTheApplicationHasItsOwnCredentialsThenTheyAreNotAskedForFlyte() {
		try (GuestApplication application = application(OwnCredentials.class).withFlyte()) {
			callFlyte(application);
			assertThat(application.bean(Asked.class).paths).isEmpty();
		}
	}

	@Test
	void whenTheApplicationHasItsOwnFactoryThenFlyteNeitherUsesNorMakesIt() {
		try (GuestApplication application = application(LazyFactory.class).withFlyte()) {
			callFlyte(application);
			assertThat(application.context().getBeanFactory().containsSingleton("ownFactory")).isFalse();
			GrpcChannelFactory own = application.bean(GrpcChannelFactory.class);
			assertThat(own).isInstanceOf(NotingFactory.class);
			assertThat(((NotingFactory) own).targets).isEmpty();
		}
	}

	@Test
	void whenTheApplicationHasInterceptorsThenOnlyGlobalOnesSeeFlyteCalls() {
		try (GuestApplication application = application(OwnInterceptors.class).withFlyte()) {
			callFlyte(application);
			assertThat(application.bean(Asked.class).paths).containsOnly("global");
		}
	}

	@Test
	void whenTheApplicationImportsAClientOfFlyteThenItKeepsIt() {
		try (GuestApplication application = application(ImportsFlyteClients.class).withFlyte()) {
			application.bean(AdminServiceBlockingStub.class).getVersion(GetVersionRequest.getDefaultInstance());
			assertThat(this.other.headers).hasSize(1);
			assertThat(this.flyte.headers).isEmpty();
			assertThat(application.bean(AdminServiceFutureStub.class).getChannel())
				.isSameAs(application.bean(FlyteAdminStub.class).future().getChannel());
		}
	}

	private static void callFlyte(GuestApplication application) {
		application.bean(FlyteAdminStub.class).blocking().getVersion(GetVersionRequest.getDefaultInstance());
	}

	private static String factory(GuestApplication application) {
		return application.context()
			.getBeanProvider(GrpcChannelFactory.class)
			.stream()
			.map((factory) -> factory.getClass().getName())
			.toList()
			.toString();
	}

	private static List<String> names(GuestApplication application, Class<?> type) {
		return List.of(application.context().getBeanNamesForType(type));
	}

	private static @Nullable String header(LoginServer server, String name) {
		return server.headers.get(0).get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
	}

	private GuestApplication.Starter application(Class<?> application) {
		return GuestApplication.of(application)
			.web(WebApplicationType.NONE)
			.properties("spring.grpc.client.channel.own.target=localhost:" + this.other.port(),
					"flyte.platform.url=localhost:" + this.flyte.port(),
					"flyte.credentials.token-url=http://localhost:" + this.idp.port() + "/token",
					"flyte.credentials.auth-mode=client-credentials", "flyte.credentials.client-id=our-client",
					"flyte.credentials.client-secret=our-secret");
	}

	static final class Asked {

		private final List<String> paths = new ArrayList<>();

	}

	static final class NotingFactory extends NettyGrpcChannelFactory {

		private final List<String> targets = new ArrayList<>();

		NotingFactory(ClientInterceptorsConfigurer interceptors, String target) {
			super(List.of(), interceptors);
			setVirtualTargets((path) -> target);
		}

		@Override
		public ManagedChannel createChannel(String target, ChannelBuilderOptions options) {
			this.targets.add(target);
			return super.createChannel(target, options);
		}

	}

	private record NotingInterceptor(String name, Asked asked) implements ClientInterceptor {

		@Override
		public <Q, R> ClientCall<Q, R> interceptCall(MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
			this.asked.paths.add(this.name);
			return next.newCall(method, options);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Plain {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class OwnFactory {

		@Bean
		NotingFactory ownFactory(ClientInterceptorsConfigurer interceptors, Environment environment) {
			return new NotingFactory(interceptors,
					environment.getRequiredProperty("spring.grpc.client.channel.own.target"));
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class LazyFactory {

		@Bean
		@Lazy
		NotingFactory ownFactory(ClientInterceptorsConfigurer interceptors) {
			return new NotingFactory(interceptors, "localhost:1");
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class OwnCredentials {

		@Bean
		Asked asked() {
			return new Asked();
		}

		@Bean
		ChannelCredentialsProvider ownCredentials(Asked asked) {
			return (path) -> {
				asked.paths.add(path);
				return credentials(path);
			};
		}

		private static ChannelCredentials credentials(String path) {
			return path.equals("own") ? InsecureChannelCredentials.create() : TlsChannelCredentials.create();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class OwnInterceptors {

		@Bean
		Asked asked() {
			return new Asked();
		}

		@Bean
		@GlobalClientInterceptor
		NotingInterceptor globalInterceptor(Asked asked) {
			return new NotingInterceptor("global", asked);
		}

		@Bean
		NotingInterceptor localInterceptor(Asked asked) {
			return new NotingInterceptor("local", asked);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@ImportGrpcClients(target = "own", types = AgentMetadataServiceBlockingStub.class)
	static class ImportsClients {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@ImportGrpcClients(target = "own", types = AdminServiceBlockingStub.class)
	static class ImportsFlyteClients {

	}

}
