package io.flyteconnect.samples.dashboard.web;

import java.net.URI;
import java.util.List;

import flyteidl.core.Execution.WorkflowExecution.Phase;
import flyteidl.core.IdentifierOuterClass.WorkflowExecutionIdentifier;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

import io.flyteconnect.samples.dashboard.flyte.ExecutionPage;
import io.flyteconnect.samples.dashboard.flyte.ExecutionQuery;
import io.flyteconnect.samples.dashboard.flyte.ExecutionService;
import io.flyteconnect.samples.dashboard.flyte.ExecutionSummary;
import io.flyteconnect.samples.dashboard.flyte.LaunchPlanService;
import io.flyteconnect.samples.dashboard.flyte.LaunchRequest;
import io.flyteconnect.samples.dashboard.flyte.ProjectService;
import io.flyteconnect.samples.dashboard.flyte.ProjectSummary;

/**
 * Executions as JSON.
 */
@RestController
@RequestMapping("/api/executions")
class ExecutionsApi {

	private static final int LARGEST_LIMIT = 100;

	private final ProjectService projects;

	private final ExecutionService executions;

	private final LaunchPlanService launchPlans;

	ExecutionsApi(ProjectService projects, ExecutionService executions, LaunchPlanService launchPlans) {
		this.projects = projects;
		this.executions = executions;
		this.launchPlans = launchPlans;
	}

	@GetMapping
	ExecutionPage list(@RequestParam(required = false) @Nullable String project,
			@RequestParam(required = false) @Nullable String domain, @RequestParam(defaultValue = "") String phase,
			@RequestParam(defaultValue = "20") int limit, @RequestParam(defaultValue = "") String token) {
		if (limit < 1 || limit > LARGEST_LIMIT) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST,
					"'limit' is " + limit + "; it has to be between 1 and " + LARGEST_LIMIT);
		}
		Phase only = Phases.of(phase);
		List<ProjectSummary> all = (project != null && domain != null) ? List.of() : this.projects.list();
		if (project == null && all.isEmpty()) {
			return new ExecutionPage(List.of(), null);
		}
		Place place = Place.choose(all, project, domain);
		ExecutionPage page = this.executions
			.list(new ExecutionQuery(place.project(), place.domain(), only, limit, token));
		String unknown = page.executions().isEmpty() ? this.projects.whyUnknown(place.project(), place.domain()) : null;
		if (unknown != null) {
			throw Status.NOT_FOUND.withDescription(unknown).asRuntimeException();
		}
		return page;
	}

	@GetMapping("/{project}/{domain}/{name}")
	ExecutionSummary get(@PathVariable String project, @PathVariable String domain, @PathVariable String name) {
		return this.executions.get(ExecutionIds.of(project, domain, name));
	}

	@PostMapping
	ResponseEntity<ExecutionSummary> launch(@RequestBody LaunchRequest request) {
		return created(this.launchPlans.launch(request));
	}

	@PostMapping("/{project}/{domain}/{name}/relaunch")
	ResponseEntity<ExecutionSummary> relaunch(@PathVariable String project, @PathVariable String domain,
			@PathVariable String name) {
		return created(this.executions.relaunch(ExecutionIds.of(project, domain, name)));
	}

	private ResponseEntity<ExecutionSummary> created(WorkflowExecutionIdentifier id) {
		URI location = ServletUriComponentsBuilder.fromCurrentContextPath()
			.path("/api/executions")
			.pathSegment(id.getProject(), id.getDomain(), id.getName())
			.build()
			.encode()
			.toUri();
		return ResponseEntity.created(location).body(this.executions.get(id));
	}

	@PostMapping("/{project}/{domain}/{name}/terminate")
	ExecutionSummary terminate(@PathVariable String project, @PathVariable String domain, @PathVariable String name,
			@RequestBody(required = false) @Nullable Termination termination) {
		WorkflowExecutionIdentifier id = ExecutionIds.of(project, domain, name);
		this.executions.terminate(id, Termination.cause(termination));
		return this.executions.get(id);
	}

	/**
	 * Why an execution is terminated.
	 *
	 * @param cause the reason, or {@code null} to give none
	 */
	record Termination(@Nullable String cause) {

		static String cause(@Nullable Termination termination) {
			return (termination != null && termination.cause() != null) ? termination.cause()
					: "Terminated in the dashboard";
		}

	}

}
