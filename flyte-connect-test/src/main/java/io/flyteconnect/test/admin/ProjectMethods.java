package io.flyteconnect.test.admin;

import flyteidl.admin.ProjectOuterClass;
import flyteidl.admin.VersionOuterClass;
import flyteidl.service.AdminServiceGrpc;
import io.grpc.stub.StreamObserver;

/**
 * The methods of {@code flyteidl.service.AdminService} for projects and the version.
 */
abstract class ProjectMethods extends AdminServiceGrpc.AdminServiceImplBase {

	private static final String VERSION = "v1.16.8";

	private final FlyteModel model;

	ProjectMethods(FlyteModel model) {
		this.model = model;
	}

	@Override
	public void getVersion(VersionOuterClass.GetVersionRequest request,
			StreamObserver<VersionOuterClass.GetVersionResponse> observer) {
		Answers.answer(observer,
				() -> VersionOuterClass.GetVersionResponse.newBuilder()
					.setControlPlaneVersion(VersionOuterClass.Version.newBuilder()
						.setBuild("flyte-connect-test")
						.setVersion(VERSION)
						.setBuildTime("2026-01-01T00:00:00Z"))
					.build());
	}

	@Override
	public void registerProject(ProjectOuterClass.ProjectRegisterRequest request,
			StreamObserver<ProjectOuterClass.ProjectRegisterResponse> observer) {
		Answers.answer(observer, () -> {
			if (!request.hasProject()) {
				throw AdminErrors.missing("project");
			}
			this.model.projects().register(request.getProject());
			return ProjectOuterClass.ProjectRegisterResponse.getDefaultInstance();
		});
	}

	@Override
	public void updateProject(ProjectOuterClass.Project request,
			StreamObserver<ProjectOuterClass.ProjectUpdateResponse> observer) {
		Answers.answer(observer, () -> {
			this.model.projects().update(request);
			return ProjectOuterClass.ProjectUpdateResponse.getDefaultInstance();
		});
	}

	@Override
	public void getProject(ProjectOuterClass.ProjectGetRequest request,
			StreamObserver<ProjectOuterClass.Project> observer) {
		Answers.answer(observer, () -> this.model.projects().get(request.getId()));
	}

	@Override
	public void listProjects(ProjectOuterClass.ProjectListRequest request,
			StreamObserver<ProjectOuterClass.Projects> observer) {
		Answers.answer(observer, () -> this.model.projects().list(request));
	}

	@Override
	public void getDomains(ProjectOuterClass.GetDomainRequest request,
			StreamObserver<ProjectOuterClass.GetDomainsResponse> observer) {
		Answers.answer(observer,
				() -> ProjectOuterClass.GetDomainsResponse.newBuilder()
					.addAllDomains(this.model.projects().domains())
					.build());
	}

}
