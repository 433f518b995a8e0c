package io.flyteconnect.test.tls;

import java.util.concurrent.CountDownLatch;

import io.flyteconnect.test.FlyteTestServer;

/**
 * A process with a test server that it does not close.
 */
public final class RunningServer {

	private RunningServer() {
	}

	public static void main(String[] arguments) throws InterruptedException {
		FlyteTestServer server = FlyteTestServer.builder().tls().start();
		System.out.println("FOLDER " + server.caCertificate().getParent());
		new CountDownLatch(1).await();
	}

}
