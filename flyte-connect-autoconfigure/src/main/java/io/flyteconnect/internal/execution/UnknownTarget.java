package io.flyteconnect.internal.execution;

import java.util.List;

import flyteidl.admin.Common.NamedEntityIdentifier;
import flyteidl.admin.Common.NamedEntityIdentifierList;
import flyteidl.admin.Common.NamedEntityIdentifierListRequest;
import flyteidl.core.IdentifierOuterClass.Identifier;
import flyteidl.core.IdentifierOuterClass.ResourceType;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;

import io.flyteconnect.FlyteAdminStub;
import io.flyteconnect.internal.text.NearName;
import io.flyteconnect.internal.text.SafeText;

/**
 * A launch plan or task that Flyte may not have, and only repeats the name of then: says
 * which one may have been meant.
 *
 * @param flyte whom to ask what there is
 * @param target what was asked for
 */
record UnknownTarget(FlyteAdminStub flyte, Identifier target) {

	private static final int MOST = 100;

	/**
	 * Explain a failure.
	 * @param failure how the question for it ended
	 * @return the same failure, unless there is none of this name and a similar one
	 */
	StatusRuntimeException explain(StatusRuntimeException failure) {
		if (failure.getStatus().getCode() != Code.NOT_FOUND) {
			return failure;
		}
		String hint = NearName.hint(this.target.getName(), names());
		if (hint.isEmpty()) {
			return failure;
		}
		String noun = isTask() ? "task" : "launch plan";
		String text = "There is no " + noun + " '" + SafeText.of(this.target.getName()) + "' in "
				+ SafeText.of(this.target.getProject() + "/" + this.target.getDomain());
		return Status.NOT_FOUND.withDescription(text + hint).withCause(failure).asRuntimeException();
	}

	private List<String> names() {
		NamedEntityIdentifierListRequest request = NamedEntityIdentifierListRequest.newBuilder()
			.setProject(this.target.getProject())
			.setDomain(this.target.getDomain())
			.setLimit(MOST)
			.build();
		try {
			NamedEntityIdentifierList list = isTask() ? this.flyte.blocking().listTaskIds(request)
					: this.flyte.blocking().listLaunchPlanIds(request);
			List<String> names = list.getEntitiesList().stream().map(NamedEntityIdentifier::getName).toList();
			// It is there: only its version, or an active one, is not.
			return names.contains(this.target.getName()) ? List.of() : names;
		}
		catch (StatusRuntimeException ex) {
			// What cannot be listed cannot be offered.
			return List.of();
		}
	}

	private boolean isTask() {
		return this.target.getResourceType() == ResourceType.TASK;
	}

}
