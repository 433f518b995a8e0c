package io.flyteconnect.integration.fault;

import java.util.Map;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.ConfigurableApplicationContext;

import io.flyteconnect.FlyteAdminStub;
import io.flyteconnect.integration.connection.Applications;
import io.flyteconnect.test.FlyteTestServer;
import io.flyteconnect.test.FlyteTestServerBuilder;
import io.flyteconnect.test.identity.FlyteTestIdentityProvider;
import io.flyteconnect.testsupport.FaultProxy;

/**
 * An application that reaches Flyte and the token endpoint through proxies which fail as
 * networks do.
 */
public final class FaultyFlyte implements AutoCloseable {

	private final FaultProxy way;

	private final FaultProxy tokenWay;

	private final ConfigurableApplicationContext context;

	private FlyteTestServer server;

	private FaultyFlyte(FlyteTestServer server, Applications application) {
		this.server = server;
		this.way = FaultProxy.to(server.port());
		this.tokenWay = FaultProxy.to(server.identityProvider().tokenEndpoint().getPort());
		this.context = Applications.create()
			.properties(server.properties())
			.property("flyte.platform.url", "dns:///localhost:" + this.way.port())
			.property("flyte.credentials.token-url", tokenUrl())
			.property("flyte.channel.deadline", "20s")
			.and(application)
			.run();
	}

	public static FaultyFlyte start(FlyteTestServerBuilder builder, Applications application) {
		return new FaultyFlyte(builder.start(), application);
	}

	/**
	 * Describe a server that a service logs in to.
	 */
	public static FlyteTestServerBuilder service() {
		return FlyteTestServer.builder().clientCredentials("service", "secret").withSampleData();
	}

	private String tokenUrl() {
		String scheme = this.server.identityProvider().tokenEndpoint().getScheme();
		return scheme + "://localhost:" + this.tokenWay.port()
				+ this.server.identityProvider().tokenEndpoint().getPath();
	}

	public FlyteTestServer server() {
		return this.server;
	}

	public FlyteTestIdentityProvider provider() {
		return this.server.identityProvider();
	}

	public FaultProxy way() {
		return this.way;
	}

	public FaultProxy tokenWay() {
		return this.tokenWay;
	}

	ConfigurableApplicationContext context() {
		return this.context;
	}

	public FlyteAdminStub flyte() {
		return this.context.getBean(FlyteAdminStub.class);
	}

	/**
	 * Put another server in the place of the one that there was, whose tokens nobody
	 * knows any more.
	 */
	public void replaceServer(FlyteTestServerBuilder builder) {
		FlyteTestServer last = this.server;
		this.server = builder.start();
		// Who is refused by the new server finds the new provider.
		this.tokenWay.leadTo(this.server.identityProvider().tokenEndpoint().getPort());
		this.tokenWay.reset();
		this.way.leadTo(this.server.port());
		this.way.reset();
		last.close();
	}

	/**
	 * Behave well again.
	 */
	public void mend() {
		this.way.slow(0);
		this.way.resetNext(0, 0);
		this.way.listen();
		this.tokenWay.listen();
		this.server.behaviour().reset();
		this.provider().reset();
	}

	/**
	 * Return how many calls have been sent once more so far, which
	 * {@code flyte.calls.resent} counts.
	 */
	public long resent() {
		Map<String, MeterRegistry> registries = this.context.getBeansOfType(MeterRegistry.class);
		return (long) registries.values()
			.stream()
			.flatMap((registry) -> registry.find("flyte.calls.resent").counters().stream())
			.mapToDouble(Counter::count)
			.sum();
	}

	@Override
	public void close() {
		this.context.close();
		this.way.close();
		this.tokenWay.close();
		this.server.close();
	}

}
