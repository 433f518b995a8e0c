package io.flyteconnect.config;

/**
 * Whose API a connection speaks, and how.
 *
 * @param version that of Flyte 1 or of Flyte 2
 * @param protocol how calls of Flyte 2 are sent; those of Flyte 1 are always gRPC's
 * @since 0.1.0
 */
public record ApiSettings(FlyteApi version, FlyteProtocol protocol) {

	/** Flyte 1. */
	public static final ApiSettings V1 = new ApiSettings(FlyteApi.V1, FlyteProtocol.GRPC);

}
