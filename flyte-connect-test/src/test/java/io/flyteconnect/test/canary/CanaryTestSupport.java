package io.flyteconnect.test.canary;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

import flyteidl.admin.ProjectOuterClass.ProjectListRequest;
import org.springframework.context.ApplicationContext;

import io.flyteconnect.FlyteAdminStub;

/**
 * What the tests of canaries have in common.
 */
final class CanaryTestSupport {

	private CanaryTestSupport() {
	}

	static int projects(ApplicationContext context) {
		return context.getBean(FlyteAdminStub.class)
			.blocking()
			.listProjects(ProjectListRequest.getDefaultInstance())
			.getProjectsCount();
	}

	static int freePort() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
