package io.flyteconnect.samples.dashboard.web;

import java.util.List;
import java.util.stream.Stream;

import flyteidl.core.Execution.WorkflowExecution.Phase;
import io.grpc.StatusRuntimeException;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

import io.flyteconnect.samples.dashboard.flyte.ConnectionService;
import io.flyteconnect.samples.dashboard.flyte.ExecutionQuery;
import io.flyteconnect.samples.dashboard.flyte.ExecutionService;
import io.flyteconnect.samples.dashboard.flyte.FlyteFailure;
import io.flyteconnect.samples.dashboard.flyte.LaunchPlanService;
import io.flyteconnect.samples.dashboard.flyte.ProjectService;
import io.flyteconnect.samples.dashboard.flyte.ProjectSummary;

/**
 * The first page: projects, their executions, and what the dashboard is connected to.
 */
@Controller
class HomeController {

	private static final int PAGE_SIZE = 10;

	private static final List<Phase> PHASES = Stream.of(Phase.values())
		.filter((phase) -> phase != Phase.UNDEFINED && phase != Phase.UNRECOGNIZED)
		.toList();

	private final ConnectionService connection;

	private final ProjectService projects;

	private final ExecutionService executions;

	private final LaunchPlanService launchPlans;

	HomeController(ConnectionService connection, ProjectService projects, ExecutionService executions,
			LaunchPlanService launchPlans) {
		this.connection = connection;
		this.projects = projects;
		this.executions = executions;
		this.launchPlans = launchPlans;
	}

	@GetMapping("/")
	String home(@RequestParam(required = false) @Nullable String project,
			@RequestParam(required = false) @Nullable String domain,
			@RequestParam(required = false) @Nullable Phase phase, @RequestParam(defaultValue = "") String token,
			Model model, HttpServletResponse response) {
		model.addAttribute("connection", this.connection.configured());
		model.addAttribute("phases", PHASES);
		model.addAttribute("phase", phase);
		model.addAttribute("token", token);
		try {
			List<ProjectSummary> all = this.projects.list();
			model.addAttribute("projects", all);
			if (!all.isEmpty()) {
				Place place = Place.choose(all, project, domain);
				model.addAttribute("place", place);
				add(place, new ExecutionQuery(place.project(), place.domain(), phase, PAGE_SIZE, token), model);
			}
			model.addAttribute("connection", this.connection.connected());
		}
		catch (StatusRuntimeException ex) {
			// The page shows what there is, and why there is no more.
			FlyteFailure failure = FlyteFailure.of(ex);
			model.addAttribute("failure", failure);
			response.setStatus(failure.status().value());
		}
		return "home";
	}

	private void add(Place place, ExecutionQuery query, Model model) {
		model.addAttribute("page", this.executions.list(query));
		model.addAttribute("launchPlans", this.launchPlans.names(place.project(), place.domain()));
	}

}
