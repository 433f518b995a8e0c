package io.flyteconnect.internal.run;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

import com.flyteidl2.common.ListRequest;
import com.flyteidl2.common.ProjectIdentifier;
import com.flyteidl2.core.Parameter.BehaviorCase;
import com.flyteidl2.core.TypedInterface;
import com.flyteidl2.task.GetTaskDetailsRequest;
import com.flyteidl2.task.ListTasksRequest;
import com.flyteidl2.task.ListVersionsRequest;
import com.flyteidl2.task.ListVersionsResponse.VersionResponse;
import com.flyteidl2.task.NamedParameter;
import com.flyteidl2.task.TaskDetails;
import com.flyteidl2.task.TaskIdentifier;
import com.flyteidl2.task.TaskName;
import com.flyteidl2.task.TaskSpec;
import flyteidl.core.IdentifierOuterClass.Identifier;
import flyteidl.core.IdentifierOuterClass.ResourceType;
import flyteidl.core.Literals.Literal;
import flyteidl.core.Types.LiteralType;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.FlyteRunsStub;
import io.flyteconnect.execution.FlyteInput;
import io.flyteconnect.execution.FlyteInterface;
import io.flyteconnect.internal.text.NearName;
import io.flyteconnect.internal.text.SafeText;

/**
 * Finds the tasks that runs are of.
 */
public final class RunTasks {

	private static final int MOST_NAMES = 200;

	/**
	 * The server lists the newest version first ({@code runs/service/task_service.go}).
	 */
	private static final ListRequest NEWEST = ListRequest.newBuilder().setLimit(1).build();

	private final FlyteRunsStub flyte;

	public RunTasks(FlyteRunsStub flyte) {
		this.flyte = flyte;
	}

	/**
	 * Find a task. Flyte knows no newest version: to find it is the work of its clients.
	 * @param id the task; without a version, its newest one is meant
	 * @return the task
	 * @throws StatusRuntimeException NOT_FOUND if there is no such task or version
	 */
	public TaskDetails find(TaskIdentifier id) {
		TaskIdentifier exact = id.getVersion().isEmpty() ? newest(id) : id;
		try {
			return this.flyte.tasks()
				.blocking()
				.getTaskDetails(GetTaskDetailsRequest.newBuilder().setTaskId(exact).build())
				.getDetails();
		}
		catch (StatusRuntimeException ex) {
			// The server says UNKNOWN of a task that it does not know.
			if (ex.getStatus().getCode() == Code.UNKNOWN || ex.getStatus().getCode() == Code.NOT_FOUND) {
				newest(id);
				throw missing("Flyte has no version '" + SafeText.of(id.getVersion()) + "' of task " + text(id), ex);
			}
			throw ex;
		}
	}

	private TaskIdentifier newest(TaskIdentifier id) {
		TaskName name = TaskName.newBuilder()
			.setOrg(id.getOrg())
			.setProject(id.getProject())
			.setDomain(id.getDomain())
			.setName(id.getName())
			.build();
		return this.flyte.tasks()
			.blocking()
			.listVersions(ListVersionsRequest.newBuilder().setTaskName(name).setRequest(NEWEST).build())
			.getVersionsList()
			.stream()
			.map(VersionResponse::getVersion)
			.findFirst()
			.map((version) -> id.toBuilder().setVersion(version).build())
			.orElseThrow(() -> missing("Flyte has no task " + text(id) + near(id), null));
	}

	private String near(TaskIdentifier id) {
		ProjectIdentifier project = ProjectIdentifier.newBuilder()
			.setOrganization(id.getOrg())
			.setName(id.getProject())
			.setDomain(id.getDomain())
			.build();
		return NearName.hint(id.getName(),
				this.flyte.tasks()
					.blocking()
					.listTasks(ListTasksRequest.newBuilder()
						.setProjectId(project)
						.setRequest(ListRequest.newBuilder().setLimit(MOST_NAMES))
						.build())
					.getTasksList()
					.stream()
					.map((task) -> task.getTaskId().getName())
					.collect(Collectors.toSet()));
	}

	private static StatusRuntimeException missing(String what, @Nullable StatusRuntimeException cause) {
		return Status.NOT_FOUND.withDescription(what).withCause(cause).asRuntimeException();
	}

	/**
	 * Return what a task takes and gives, in the order of its declaration.
	 */
	public static FlyteInterface interfaceOf(TaskIdentifier id, TaskSpec spec) {
		TypedInterface types = spec.getTaskTemplate().getInterface();
		Map<String, NamedParameter> defaults = spec.getDefaultInputsList()
			.stream()
			.collect(Collectors.toMap(NamedParameter::getName, (parameter) -> parameter, (first, second) -> first));
		Map<String, FlyteInput> inputs = new LinkedHashMap<>();
		types.getInputs()
			.getVariablesList()
			.forEach((entry) -> inputs.put(entry.getKey(),
					input(entry.getKey(), Idl2.as(entry.getValue().getType(), LiteralType.parser()),
							entry.getValue().getDescription(), defaults.get(entry.getKey()))));
		Identifier named = Identifier.newBuilder()
			.setResourceType(ResourceType.TASK)
			.setOrg(id.getOrg())
			.setProject(id.getProject())
			.setDomain(id.getDomain())
			.setName(id.getName())
			.setVersion(id.getVersion())
			.build();
		return new FlyteInterface(named, inputs, Idl2.types(types.getOutputs()));
	}

	private static FlyteInput input(String name, LiteralType type, String description,
			@Nullable NamedParameter parameter) {
		Literal preset = (parameter != null && parameter.getParameter().hasDefault())
				? Idl2.as(parameter.getParameter().getDefault(), Literal.parser()) : null;
		boolean required = switch ((parameter != null) ? parameter.getParameter().getBehaviorCase()
				: BehaviorCase.BEHAVIOR_NOT_SET) {
			case REQUIRED -> parameter != null && parameter.getParameter().getRequired();
			case BEHAVIOR_NOT_SET -> true;
			default -> false;
		};
		return new FlyteInput(name, type, description, required, false, preset);
	}

	public static String text(TaskIdentifier id) {
		return SafeText.of(id.getProject() + "/" + id.getDomain() + "/" + id.getName());
	}

}
