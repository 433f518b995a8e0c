package io.flyteconnect.autoconfigure.connection;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

import io.flyteconnect.autoconfigure.execution.FlyteExecutionProperties;
import io.flyteconnect.config.ChannelSettings;
import io.flyteconnect.config.RunSettings;
import io.flyteconnect.internal.config.PlatformProperties;
import io.flyteconnect.internal.config.credentials.CredentialsProperties;

/**
 * What stands below the name of a connection, as an editor shows it. The sections are
 * those of the unnamed connection, and are bound one by one.
 *
 * @param inherit Whether a value that is not set here is that of "flyte.*".
 * @param apiKey API key as Flyte 2 issues it.
 * @param configFile Flyte's own configuration file of this connection. None is looked for
 * where not set.
 * @param platform Where Flyte is and how it is reached.
 * @param credentials How the connection logs in.
 * @param channel How the gRPC channel behaves.
 * @param runs What requests of Flyte 2 are about where they do not say it.
 * @param execution Whom launched executions run as, what they are given, and how they are
 * waited for.
 */
record NamedConnectionProperties(@DefaultValue("false") boolean inherit, @Nullable String apiKey,
		@Nullable String configFile, @NestedConfigurationProperty @DefaultValue PlatformProperties platform,
		@NestedConfigurationProperty @DefaultValue CredentialsProperties credentials,
		@NestedConfigurationProperty @DefaultValue ChannelSettings channel,
		@NestedConfigurationProperty @DefaultValue RunSettings runs,
		@NestedConfigurationProperty @DefaultValue FlyteExecutionProperties execution) {

}
