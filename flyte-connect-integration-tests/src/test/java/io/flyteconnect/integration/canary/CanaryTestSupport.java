package io.flyteconnect.integration.canary;

import flyteidl.admin.ProjectOuterClass.ProjectListRequest;
import org.springframework.context.ApplicationContext;

import io.flyteconnect.FlyteAdminStub;

/**
 * What the tests of canaries have in common.
 */
public final class CanaryTestSupport {

	private CanaryTestSupport() {
	}

	public static int projects(ApplicationContext context) {
		return context.getBean(FlyteAdminStub.class)
			.blocking()
			.listProjects(ProjectListRequest.getDefaultInstance())
			.getProjectsCount();
	}

}
