package io.flyteconnect.internal.channel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import flyteidl.service.AdminServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingChannelBuilder2;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.MethodDescriptor;
import io.grpc.Status.Code;
import io.grpc.netty.NettyChannelBuilder;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.grpc.client.autoconfigure.CompositeChannelFactoryAutoConfiguration;
import org.springframework.boot.grpc.client.autoconfigure.GrpcClientAutoConfiguration;
import org.springframework.boot.grpc.client.autoconfigure.GrpcClientObservationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.annotation.Order;
import org.springframework.grpc.client.ClientInterceptorsConfigurer;
import org.springframework.grpc.client.GlobalClientInterceptor;
import org.springframework.grpc.client.GrpcChannelBuilderCustomizer;
import org.springframework.grpc.client.GrpcChannelFactory;
import org.springframework.grpc.client.NettyGrpcChannelFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A channel within an application that has gRPC clients of its own.
 */
class SpringApplicationTests {

	private final RecordingServer server = RecordingServer.start();

	private final TestConnection connection = TestConnection.to(this.server.port());

	private final ApplicationContextRunner application = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(GrpcClientAutoConfiguration.class, CompositeChannelFactoryAutoConfiguration.class,
					GrpcClientObservationAutoConfiguration.class, SslAutoConfiguration.class));

	@AfterEach
	void stop() {
		this.connection.close();
		this.server.close();
	}

	@Test
	void whenApplicationHasDefaultsForItsChannelsThenFlyteKeepsItsOwn() {
		this.application
			.withPropertyValues("spring.grpc.client.channel.default.default.deadline=1s",
					"spring.grpc.client.channel.default.user-agent=billing",
					"spring.grpc.client.channel.default.ssl.enabled=true",
					"spring.grpc.client.channel.default.inbound.message.max-size=1KB",
					"spring.grpc.client.channel.default.idle.timeout=3s",
					"spring.grpc.client.channel.default.default.load-balancing-policy=round_robin")
			.run((context) -> {
				this.server.answerWithVersion("v".repeat(10_000));
				open(context);
				this.connection.read();
				RecordingServer.Call call = this.server.calls().get(0);
				assertThat(call.timeout()).isGreaterThan(Duration.ofSeconds(20));
				assertThat(call.header("user-agent")).startsWith("flyte-connect/");
				assertThat(call.encrypted()).isFalse();
			});
	}

	@Test
	void whenFlyteHasAChannelThenThoseOfTheApplicationAreAsBefore() {
		this.application
			.withPropertyValues("spring.grpc.client.channel.mine.target=localhost:" + this.server.port(),
					"spring.grpc.client.channel.mine.user-agent=billing")
			.run((context) -> {
				open(context);
				this.connection.read();
				assertThat(context).hasSingleBean(NettyGrpcChannelFactory.class);
				ManagedChannel mine = context.getBean(GrpcChannelFactory.class).createChannel("mine");
				AdminServiceGrpc.newBlockingStub(mine).getVersion(GetVersionRequest.getDefaultInstance());
				RecordingServer.Call call = this.server.calls().get(1);
				assertThat(call.header("user-agent")).startsWith("billing");
				assertThat(call.timeout()).isNull();
			});
	}

	@Test
	void whenApplicationStopsFlyteThenItsOwnChannelsGoOn() {
		this.application.run((context) -> {
			open(context);
			this.connection.read();
			ManagedChannel mine = context.getBean(GrpcChannelFactory.class)
				.createChannel("localhost:" + this.server.port());
			this.connection.close();
			assertThat(mine.isShutdown()).isFalse();
			AdminServiceGrpc.newBlockingStub(mine).getVersion(GetVersionRequest.getDefaultInstance());
		});
	}

	@Test
	void whenApplicationHasGlobalInterceptorsThenTheySeeFlyteCallsFirstAndInTheirOrder() {
		this.application.withUserConfiguration(Interceptors.class).run((context) -> {
			NotedNames seen = context.getBean(NotedNames.class);
			this.connection.relay = (options) -> seen.noting("authorization", options);
			open(context);
			this.connection.read();
			assertThat(seen.names()).containsExactly("first", "second", "authorization");
		});
	}

	@Test
	void whenApplicationObservesThenFlyteCallsAreObserved() {
		List<Observation.Context> observed = new CopyOnWriteArrayList<>();
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig().observationHandler(new StoppedObservations(observed));
		this.application.withBean(ObservationRegistry.class, () -> registry).run((context) -> {
			open(context);
			this.connection.read();
			assertThat(observed).singleElement().satisfies((call) -> {
				assertThat(call.getName()).isEqualTo("grpc.client");
				assertThat(call.getLowCardinalityKeyValues()).contains(
						KeyValue.of("rpc.service", "flyteidl.service.AdminService"),
						KeyValue.of("rpc.method", "GetVersion"));
			});
		});
	}

	@Test
	void whenCustomizerMatchesTheTargetThenItWins() {
		customized((builder) -> builder.userAgent("billing"), "flyte:default", (context) -> {
			this.connection.read();
			assertThat(this.server.calls().get(0).header("user-agent")).startsWith("billing");
		});
	}

	@Test
	void whenCustomizerMatchesAnotherTargetThenNothingChanges() {
		customized((builder) -> builder.userAgent("billing"), "flyte:staging", (context) -> {
			this.connection.read();
			assertThat(this.server.calls().get(0).header("user-agent")).startsWith("flyte-connect/");
		});
	}

	@Test
	void whenCustomizerIsForAnotherBuilderThenItIsPassedOver() {
		GrpcChannelBuilderCustomizer<OtherBuilder> other = (target, builder) -> builder.maxInboundMetadataSize(1);
		this.application.withBean("other", GrpcChannelBuilderCustomizer.class, () -> other).run((context) -> {
			open(context);
			assertThat(this.connection.statusOfRead().getCode()).isEqualTo(Code.OK);
		});
	}

	@Test
	void whenTransportIsGivenThenCallsGoThroughItAndPassTheInterceptors() {
		this.application.withUserConfiguration(Interceptors.class).run((context) -> {
			try (RecordingServer other = RecordingServer.start()) {
				ClientInterceptorsConfigurer configurer = context.getBean(ClientInterceptorsConfigurer.class);
				NettyGrpcChannelFactory transport = new NettyGrpcChannelFactory(List.of(), configurer);
				transport.setVirtualTargets((target) -> "localhost:" + other.port());
				NotedNames seen = context.getBean(NotedNames.class);
				this.connection.relay = (options) -> seen.noting("authorization", options);
				this.connection.factory(new FlyteChannelFactory(List.of(), configurer, transport));
				this.connection.read();
				assertThat(seen.names()).containsExactly("first", "second", "authorization");
				assertThat(other.calls()).hasSize(1);
				assertThat(this.server.calls()).isEmpty();
				this.connection.close();
				assertThat(this.connection.channel().managed().isShutdown()).isTrue();
			}
		});
	}

	private void customized(Consumer<NettyChannelBuilder> change, String wanted, Consumer<ApplicationContext> test) {
		GrpcChannelBuilderCustomizer<NettyChannelBuilder> customizer = (target, builder) -> {
			if (target.equals(wanted)) {
				change.accept(builder);
			}
		};
		this.application.withBean("mine", GrpcChannelBuilderCustomizer.class, () -> customizer).run((context) -> {
			open(context);
			test.accept(context);
		});
	}

	private void open(ApplicationContext context) {
		ObjectProvider<GrpcChannelBuilderCustomizer<?>> customizers = context
			.getBeanProvider(new ParameterizedTypeReference<>() {
			});
		this.connection.factory(new FlyteChannelFactory(customizers.orderedStream().toList(),
				context.getBean(ClientInterceptorsConfigurer.class), null));
	}

	private static final class OtherBuilder extends ForwardingChannelBuilder2<OtherBuilder> {

		@Override
		protected ManagedChannelBuilder<?> delegate() {
			throw new UnsupportedOperationException();
		}

	}

	private record StoppedObservations(
			List<Observation.Context> stopped) implements ObservationHandler<Observation.Context> {

		@Override
		public void onStop(Observation.Context context) {
			this.stopped.add(context);
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

	}

	record NotedNames(List<String> names) {

		CallOptions noting(String name, CallOptions options) {
			this.names.add(name);
			return options;
		}

	}

	record NotingInterceptor(String name, NotedNames seen) implements ClientInterceptor {

		@Override
		public <Q, R> ClientCall<Q, R> interceptCall(MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
			this.seen.names().add(this.name);
			return next.newCall(method, options);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Interceptors {

		@Bean
		NotedNames seen() {
			return new NotedNames(new ArrayList<>());
		}

		@Bean
		@Order(2)
		@GlobalClientInterceptor
		NotingInterceptor second(NotedNames seen) {
			return new NotingInterceptor("second", seen);
		}

		@Bean
		@Order(1)
		@GlobalClientInterceptor
		NotingInterceptor first(NotedNames seen) {
			return new NotingInterceptor("first", seen);
		}

	}

}
