package io.flyteconnect;

import java.util.function.Supplier;

import io.grpc.Channel;
import org.springframework.util.function.SingletonSupplier;

import io.flyteconnect.config.FlyteApi;
import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.config.PlatformConfig;

/**
 * The stubs of a connection, of which only those exist whose API is called: a service
 * that takes the others is told so as it starts, and not by its first call.
 */
final class ApiStubs {

	private static final String PROPERTY = "platform.api";

	private final Supplier<FlyteAdminStub> admin;

	private final Supplier<FlyteRunsStub> runs;

	ApiStubs(Channel channel) {
		this.admin = SingletonSupplier.of(() -> new FlyteAdminStub(channel));
		this.runs = SingletonSupplier.of(() -> new FlyteRunsStub(channel));
	}

	FlyteAdminStub admin(PlatformConfig config) {
		if (config.api().version() == FlyteApi.V2) {
			throw wrong(config, "calls Flyte 2, which has no FlyteAdminStub: it has runs, and no executions.",
					"Take FlyteRunsStub, or set " + config.origins().property(PROPERTY)
							+ " to v1 where the server is a Flyte 1.");
		}
		return this.admin.get();
	}

	FlyteRunsStub runs(PlatformConfig config) {
		if (config.api().version() == FlyteApi.V1) {
			throw wrong(config, "calls Flyte 1, which has no FlyteRunsStub: it has executions, and no runs.",
					"Take FlyteAdminStub, or set " + config.origins().property(PROPERTY)
							+ " to v2 where the server is a Flyte 2.");
		}
		return this.runs.get();
	}

	private static InvalidFlyteConfigurationException wrong(PlatformConfig config, String reason, String action) {
		return new InvalidFlyteConfigurationException(config.origins().property(PROPERTY),
				config.origins().origin(PROPERTY), "Flyte connection '" + config.name() + "' " + reason, action, null);
	}

}
