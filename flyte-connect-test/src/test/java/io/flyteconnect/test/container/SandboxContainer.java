package io.flyteconnect.test.container;

import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

import io.flyteconnect.test.FlyteTestServer;

/**
 * A container that needs no Docker: a server of this process is what runs in it, behind
 * one of its ports.
 */
class SandboxContainer extends GenericContainer<SandboxContainer> {

	static final String IMAGE = "cr.flyte.org/flyteorg/flyte-sandbox-bundled:sha-8c5de4b";

	private final String image;

	private final FlyteTestServer server;

	private final int port;

	private boolean running;

	SandboxContainer(String image, FlyteTestServer server, int port) {
		super(DockerImageName.parse(image));
		this.image = image;
		this.server = server;
		this.port = port;
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public String getHost() {
		return "localhost";
	}

	@Override
	public Integer getMappedPort(int port) {
		if (!this.running) {
			throw new IllegalStateException("Mapped port can only be obtained after the container is started");
		}
		if (port != this.port) {
			throw new IllegalArgumentException("Requested port (" + port + ") is not mapped");
		}
		return this.server.port();
	}

	@Override
	public String getDockerImageName() {
		return this.image;
	}

}
