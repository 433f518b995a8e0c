package io.flyteconnect.samples.cli.command.place;

import java.util.ArrayList;
import java.util.List;

import flyteidl.admin.Common.NamedEntityIdentifier;
import flyteidl.admin.Common.NamedEntityIdentifierList;
import flyteidl.admin.Common.NamedEntityIdentifierListRequest;
import flyteidl.admin.Common.ResourceListRequest;
import flyteidl.admin.Common.Sort;
import flyteidl.core.IdentifierOuterClass.Identifier;
import flyteidl.core.IdentifierOuterClass.ResourceType;
import io.grpc.StatusRuntimeException;

import io.flyteconnect.FlyteAdminStub;

/**
 * The launch plans or tasks that Flyte lists.
 *
 * @param flyte whom to ask
 * @param type launch plans or tasks
 */
record KnownTargets(FlyteAdminStub flyte, ResourceType type) {

	private static final int PAGE_SIZE = 100;

	private static final int MOST_PAGES = 10;

	String noun() {
		return (this.type == ResourceType.TASK) ? "task" : "launch plan";
	}

	List<String> names(String project, String domain) {
		List<String> names = new ArrayList<>();
		NamedEntityIdentifierListRequest.Builder request = NamedEntityIdentifierListRequest.newBuilder()
			.setProject(project)
			.setDomain(domain)
			.setLimit(PAGE_SIZE);
		try {
			for (int page = 0; page < MOST_PAGES; page++) {
				NamedEntityIdentifierList list = names(request.build());
				list.getEntitiesList().forEach((entity) -> names.add(entity.getName()));
				if (list.getToken().isEmpty()) {
					break;
				}
				request.setToken(list.getToken());
			}
		}
		catch (StatusRuntimeException ex) {
			// What cannot be listed cannot be offered.
		}
		return names;
	}

	private NamedEntityIdentifierList names(NamedEntityIdentifierListRequest request) {
		return (this.type == ResourceType.TASK) ? this.flyte.blocking().listTaskIds(request)
				: this.flyte.blocking().listLaunchPlanIds(request);
	}

	/**
	 * Return the versions of one.
	 * @param target which one, whatever its version
	 * @return the newest versions, the newest first
	 */
	List<String> versions(Identifier target) {
		ResourceListRequest request = ResourceListRequest.newBuilder()
			.setId(NamedEntityIdentifier.newBuilder()
				.setProject(target.getProject())
				.setDomain(target.getDomain())
				.setName(target.getName()))
			.setLimit(PAGE_SIZE)
			.setSortBy(Sort.newBuilder().setKey("created_at").setDirection(Sort.Direction.DESCENDING))
			.build();
		try {
			return (this.type == ResourceType.TASK)
					? this.flyte.blocking()
						.listTasks(request)
						.getTasksList()
						.stream()
						.map((task) -> task.getId().getVersion())
						.toList()
					: this.flyte.blocking()
						.listLaunchPlans(request)
						.getLaunchPlansList()
						.stream()
						.map((plan) -> plan.getId().getVersion())
						.toList();
		}
		catch (StatusRuntimeException ex) {
			return List.of();
		}
	}

}
