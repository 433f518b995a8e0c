package io.flyteconnect.config;

/**
 * How calls of Flyte 2 are sent. Flyte 1 speaks gRPC alone.
 *
 * @since 0.1.0
 */
public enum FlyteProtocol {

	/**
	 * The Connect protocol, which any HTTP ingress passes on, as Flyte's own SDK speaks
	 * it.
	 */
	CONNECT,

	/**
	 * gRPC, which the server answers as well, where what is in front of it lets it
	 * through.
	 */
	GRPC

}
