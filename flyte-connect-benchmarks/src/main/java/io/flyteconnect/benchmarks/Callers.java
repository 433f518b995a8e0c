package io.flyteconnect.benchmarks;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.Map;

import flyteidl.service.AdminServiceGrpc;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.TlsChannelCredentials;
import io.grpc.stub.MetadataUtils;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import io.flyteconnect.FlyteAdminStub;
import io.flyteconnect.FlyteConnections;

/**
 * Makes the callers of each variant: the client under test, and the plain stubs that it
 * is measured against.
 *
 * @param options the flags
 * @param report takes note of errors
 */
record Callers(LoadOptions options, LoadReport report) {

	Caller create(String variant) throws IOException, InterruptedException, GeneralSecurityException {
		return switch (variant) {
			case "raw" -> plain(this.options.openEndpoint(), null);
			case "bearer" -> bearer();
			case "auth" -> connected();
			default -> throw new IllegalArgumentException("Unknown variant: " + variant);
		};
	}

	/**
	 * The client under test, as an application gets it: the stub is injected.
	 */
	Caller connected() {
		ConfigurableApplicationContext context = application();
		return caller(context.getBean(FlyteAdminStub.class), context::close);
	}

	/**
	 * The client under test with a second connection.
	 * @param name the name of the second one, which is down
	 */
	Clusters clusters(String name) {
		ConfigurableApplicationContext context = application();
		Caller up = caller(context.getBean("flyteAdminStub", FlyteAdminStub.class), context::close);
		// It fails as it should.
		LoadReport silent = new LoadReport(System.err);
		FlyteAdminStub down = context.getBean(FlyteConnections.class).get(name).admin();
		return new Clusters(up, new Caller(down.blocking(), this.options.timeout(), silent, () -> {
		}));
	}

	private Caller caller(FlyteAdminStub stub, Runnable release) {
		return new Caller(stub.blocking(), this.options.timeout(), this.report, release);
	}

	private ConfigurableApplicationContext application() {
		Map<String, Object> properties = new LinkedHashMap<>(this.options.properties());
		properties.putIfAbsent("logging.level.root", "warn");
		return new SpringApplicationBuilder(LoadApplication.class).web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.registerShutdownHook(false)
			.run(properties.entrySet()
				.stream()
				.map((property) -> "--" + property.getKey() + "=" + property.getValue())
				.toArray(String[]::new));
	}

	private Caller bearer() throws IOException, InterruptedException, GeneralSecurityException {
		ManagedChannel channel = channel(this.options.endpoint());
		try {
			return plain(this.options.endpoint(), new HandmadeLogin(channel, this.options).header());
		}
		finally {
			channel.shutdownNow();
		}
	}

	private Caller plain(String endpoint, @Nullable Metadata header) throws IOException {
		ManagedChannel channel = channel(endpoint);
		AdminServiceGrpc.AdminServiceBlockingStub stub = AdminServiceGrpc.newBlockingStub(channel);
		return new Caller(
				(header != null) ? stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(header)) : stub,
				this.options.timeout(), this.report, channel::shutdownNow);
	}

	private ManagedChannel channel(String endpoint) throws IOException {
		ChannelCredentials credentials = (this.options.certificate() != null)
				? TlsChannelCredentials.newBuilder().trustManager(this.options.certificate().toFile()).build()
				: InsecureChannelCredentials.create();
		return Grpc.newChannelBuilder(endpoint, credentials).build();
	}

	/**
	 * Callers of two clusters of one application.
	 *
	 * @param up calls the one that answers
	 * @param down calls the one that does not
	 */
	record Clusters(Caller up, Caller down) implements AutoCloseable {

		@Override
		public void close() {
			this.up.close();
		}

	}

}
