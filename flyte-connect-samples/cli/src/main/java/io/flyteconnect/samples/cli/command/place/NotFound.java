package io.flyteconnect.samples.cli.command.place;

import java.util.List;
import java.util.function.Predicate;

import flyteidl.admin.Common.NamedEntityIdentifier;
import flyteidl.admin.Common.ResourceListRequest;
import flyteidl.admin.Common.Sort;
import flyteidl.admin.ExecutionOuterClass.WorkflowExecutionGetRequest;
import flyteidl.admin.LaunchPlanOuterClass.ActiveLaunchPlanRequest;
import flyteidl.core.IdentifierOuterClass.Identifier;
import flyteidl.core.IdentifierOuterClass.WorkflowExecutionIdentifier;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

import io.flyteconnect.FlyteAdminStub;
import io.flyteconnect.internal.text.NearName;
import io.flyteconnect.internal.text.SafeText;

/**
 * Says what there is not, and what may have been meant, where Flyte only repeats what it
 * was asked for: the project, its domain, the execution, the launch plan or its version.
 *
 * @since 0.1.0
 */
public final class NotFound {

	private static final int NEWEST = 100;

	private final FlyteAdminStub flyte;

	private final KnownPlaces places;

	/**
	 * Create it.
	 * @param flyte whom to ask
	 */
	public NotFound(FlyteAdminStub flyte) {
		this.flyte = flyte;
		this.places = new KnownPlaces(flyte);
	}

	/**
	 * Explain a failure that is about an execution.
	 * @param id the execution
	 * @param ex the failure
	 * @return the same failure, unless it is that there is no such execution
	 */
	public StatusRuntimeException execution(WorkflowExecutionIdentifier id, StatusRuntimeException ex) {
		if (!isNotFound(ex) || exists(id)) {
			return ex;
		}
		String unknown = this.places.whyUnknown(id.getProject(), id.getDomain());
		if (!unknown.isEmpty()) {
			return notFound(unknown, ex);
		}
		String elsewhere = elsewhere(id.getProject(), id.getDomain(),
				(domain) -> exists(id.toBuilder().setDomain(domain).build()));
		return notFound(text("execution", id.getName(), id.getProject(), id.getDomain())
				+ (elsewhere.isEmpty() ? NearName.hint(id.getName(), newest(id)) : elsewhere), ex);
	}

	/**
	 * Explain a failure that is about what is to be launched.
	 * @param target the launch plan, without a version the active one, or the task
	 * @param ex the failure
	 * @return the same failure, unless it is that there is no such launch plan or task
	 */
	public StatusRuntimeException target(Identifier target, StatusRuntimeException ex) {
		if (!isNotFound(ex)) {
			return ex;
		}
		String unknown = this.places.whyUnknown(target.getProject(), target.getDomain());
		if (!unknown.isEmpty()) {
			return notFound(unknown, ex);
		}
		KnownTargets targets = new KnownTargets(this.flyte, target.getResourceType());
		List<String> versions = targets.versions(target);
		if (!versions.isEmpty()) {
			return version(target, targets.noun(), versions, ex);
		}
		String elsewhere = elsewhere(target.getProject(), target.getDomain(),
				(domain) -> !targets.versions(target.toBuilder().setDomain(domain).build()).isEmpty());
		return notFound(
				text(targets.noun(), target.getName(), target.getProject(), target.getDomain()) + (elsewhere.isEmpty()
						? NearName.hint(target.getName(), targets.names(target.getProject(), target.getDomain()))
						: elsewhere),
				ex);
	}

	private StatusRuntimeException version(Identifier target, String noun, List<String> versions,
			StatusRuntimeException ex) {
		String asked = target.getVersion();
		if (asked.isEmpty()) {
			return hasActiveVersion(target) ? ex : notFound("The " + noun + " '" + SafeText.of(target.getName())
					+ "' has no active version; name one, for example --version=" + SafeText.of(versions.get(0)), ex);
		}
		return versions.contains(asked) ? ex : notFound(
				"The " + noun + " '" + SafeText.of(target.getName()) + "' has no version '" + SafeText.of(asked) + "'"
						+ NearName.hint(asked, versions) + "; the newest is '" + SafeText.of(versions.get(0)) + "'",
				ex);
	}

	private boolean hasActiveVersion(Identifier target) {
		NamedEntityIdentifier id = NamedEntityIdentifier.newBuilder()
			.setProject(target.getProject())
			.setDomain(target.getDomain())
			.setName(target.getName())
			.build();
		try {
			this.flyte.blocking().getActiveLaunchPlan(ActiveLaunchPlanRequest.newBuilder().setId(id).build());
			return true;
		}
		catch (StatusRuntimeException ex) {
			return !isNotFound(ex);
		}
	}

	private boolean exists(WorkflowExecutionIdentifier id) {
		try {
			this.flyte.blocking().getExecution(WorkflowExecutionGetRequest.newBuilder().setId(id).build());
			return true;
		}
		catch (StatusRuntimeException ex) {
			return false;
		}
	}

	private List<String> newest(WorkflowExecutionIdentifier id) {
		try {
			return this.flyte.blocking()
				.listExecutions(ResourceListRequest.newBuilder()
					.setId(NamedEntityIdentifier.newBuilder().setProject(id.getProject()).setDomain(id.getDomain()))
					.setLimit(NEWEST)
					.setSortBy(Sort.newBuilder().setKey("created_at").setDirection(Sort.Direction.DESCENDING))
					.build())
				.getExecutionsList()
				.stream()
				.map((execution) -> execution.getId().getName())
				.toList();
		}
		catch (StatusRuntimeException ex) {
			return List.of();
		}
	}

	private String elsewhere(String project, String domain, Predicate<String> there) {
		return this.places.domainsBeside(project, domain)
			.stream()
			.filter(there)
			.findFirst()
			.map((found) -> "; there is one in the domain '" + SafeText.of(found) + "'")
			.orElse("");
	}

	private static String text(String noun, String name, String project, String domain) {
		return "There is no " + noun + " '" + SafeText.of(name) + "' in " + SafeText.of(project + "/" + domain);
	}

	private static StatusRuntimeException notFound(String text, StatusRuntimeException ex) {
		return Status.NOT_FOUND.withDescription(text).withCause(ex).asRuntimeException();
	}

	private static boolean isNotFound(StatusRuntimeException ex) {
		return ex.getStatus().getCode() == Status.Code.NOT_FOUND;
	}

}
