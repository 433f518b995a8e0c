package io.flyteconnect.test;

import io.flyteconnect.test.connectrpc.ConnectServer;

/**
 * A server of Flyte 2, which speaks Connect and gRPC on one port of plain HTTP.
 */
class HttpEndpoint implements Endpoint {

	private final ConnectServer server;

	HttpEndpoint(ConnectServer server) {
		this.server = server;
	}

	@Override
	public int port() {
		return this.server.port();
	}

	@Override
	public int acceptedConnections() {
		return this.server.usedConnections();
	}

	@Override
	public int openConnections() {
		return this.server.openConnections();
	}

	@Override
	public void stop() {
		this.server.stop();
	}

}
