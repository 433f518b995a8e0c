package io.flyteconnect.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import io.grpc.ManagedChannel;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.grpc.client.ChannelBuilderOptions;
import org.springframework.grpc.client.ClientInterceptorsConfigurer;
import org.springframework.grpc.client.GrpcChannelFactory;
import org.springframework.grpc.client.NettyGrpcChannelFactory;

import io.flyteconnect.FlyteAdminStub;
import io.flyteconnect.testsupport.LoginServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls under Spring Boot's test transport. A factory of the same name stands in for the
 * one of Boot's test module, which is known by its package only.
 */
@ExtendWith(OutputCaptureExtension.class)
class TestTransportTests {

	private static final Class<? extends TestServerFactory> TEST_FACTORY = new ByteBuddy()
		.subclass(TestServerFactory.class)
		.name("org.springframework.boot.grpc.test.autoconfigure.TestGrpcChannelFactory")
		.make()
		.load(TestTransportTests.class.getClassLoader(), ClassLoadingStrategy.Default.WRAPPER)
		.getLoaded();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(FlyteAutoConfiguration.class))
		.withPropertyValues("flyte.platform.url=absent.flyte.test", "flyte.credentials.auth-mode=none");

	private LoginServer server;

	@BeforeEach
	void start() throws Exception {
		this.server = new LoginServer();
		this.server.tokenWanted = false;
	}

	@AfterEach
	void stop() throws Exception {
		this.server.close();
	}

	@Test
	void whenThereIsATestTransportThenFlyteCallsGoThroughIt() {
		this.runner.withInitializer((context) -> factory((GenericApplicationContext) context, TEST_FACTORY))
			.run((context) -> {
				context.getBean(FlyteAdminStub.class).blocking().getVersion(GetVersionRequest.getDefaultInstance());
				assertThat(this.server.headers).hasSize(1);
				assertThat(context.getBean(TestServerFactory.class).targets).containsExactly("flyte:default");
			});
	}

	@Test
	void whenThereIsATestTransportThenTheStartSaysWhereFlyteCallsGo(CapturedOutput output) {
		this.runner.withInitializer((context) -> factory((GenericApplicationContext) context, TEST_FACTORY))
			.run((context) -> assertThat(output).contains("WARN", "@AutoConfigureTestGrpcTransport",
					"not flyte.platform.url", "@FlyteTest"));
	}

	@Test
	void whenConnectionDetailsNameAServerThenFlyteCallsDoNotGoThroughTheTestTransport(CapturedOutput output) {
		FlyteConnectionDetails details = (properties) -> {
			properties.property("flyte.platform.url", "localhost:" + this.server.port());
			properties.property("flyte.platform.insecure", true);
		};
		this.runner.withInitializer((context) -> factory((GenericApplicationContext) context, TEST_FACTORY))
			.withBean(FlyteConnectionDetails.class, () -> details)
			.run((context) -> {
				context.getBean(FlyteAdminStub.class).blocking().getVersion(GetVersionRequest.getDefaultInstance());
				assertThat(this.server.headers).hasSize(1);
				assertThat(context.getBean(TestServerFactory.class).targets).isEmpty();
				assertThat(output).doesNotContain("@AutoConfigureTestGrpcTransport");
			});
	}

	@Test
	void whenTheFactoryIsTheApplicationsOwnThenFlyteCallsDoNotGoThroughIt() {
		this.runner.withInitializer((context) -> factory((GenericApplicationContext) context, TestServerFactory.class))
			.run((context) -> {
				assertThat(context).hasSingleBean(FlyteAdminStub.class);
				assertThat(context.getBean(TestServerFactory.class).targets).isEmpty();
			});
	}

	@Test
	void whenAFactoryIsDefinedByItsInterfaceThenItIsNotMadeToLookAtIt() {
		this.runner.withBean("own", GrpcChannelFactory.class, () -> {
			throw new IllegalStateException("must not be made");
		}, (definition) -> definition.setLazyInit(true)).run((context) -> assertThat(context).hasNotFailed());
	}

	private void factory(GenericApplicationContext context, Class<?> type) {
		RootBeanDefinition definition = new RootBeanDefinition(type);
		definition.getConstructorArgumentValues().addGenericArgumentValue(context);
		definition.getConstructorArgumentValues().addGenericArgumentValue(this.server.port());
		context.registerBeanDefinition("factory", definition);
	}

	/**
	 * Sends each channel to one server, whatever its target.
	 */
	public static class TestServerFactory extends NettyGrpcChannelFactory {

		private final List<String> targets = new ArrayList<>();

		protected TestServerFactory(GenericApplicationContext context, int port) {
			super(List.of(), new ClientInterceptorsConfigurer(context));
			setVirtualTargets((target) -> "localhost:" + port);
		}

		@Override
		public ManagedChannel createChannel(String target, ChannelBuilderOptions options) {
			this.targets.add(target);
			return super.createChannel(target, options);
		}

	}

}
