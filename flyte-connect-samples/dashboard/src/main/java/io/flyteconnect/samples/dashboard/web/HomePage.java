package io.flyteconnect.samples.dashboard.web;

import java.util.List;

import flyteidl.core.Execution.WorkflowExecution.Phase;
import io.grpc.StatusRuntimeException;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

import io.flyteconnect.samples.dashboard.flyte.ClusterService;
import io.flyteconnect.samples.dashboard.flyte.ConnectionService;
import io.flyteconnect.samples.dashboard.flyte.ExecutionQuery;
import io.flyteconnect.samples.dashboard.flyte.ExecutionService;
import io.flyteconnect.samples.dashboard.flyte.FlyteFailure;
import io.flyteconnect.samples.dashboard.flyte.LaunchPlanService;
import io.flyteconnect.samples.dashboard.flyte.ProjectService;
import io.flyteconnect.samples.dashboard.flyte.ProjectSummary;

/**
 * What the first page shows: projects, a page of executions, what can be launched.
 */
@Component
class HomePage {

	private static final String VIEW = "home";

	private static final int PAGE_SIZE = 10;

	private final ConnectionService connection;

	private final ProjectService projects;

	private final ExecutionService executions;

	private final LaunchPlanService launchPlans;

	private final ClusterService clusters;

	HomePage(ConnectionService connection, ProjectService projects, ExecutionService executions,
			LaunchPlanService launchPlans, ClusterService clusters) {
		this.clusters = clusters;
		this.connection = connection;
		this.projects = projects;
		this.executions = executions;
		this.launchPlans = launchPlans;
	}

	/**
	 * Fill in the page.
	 * @param asked what is to be shown
	 * @param form what is in the form
	 * @param model where to
	 * @param response gets the status of a failure
	 * @return the name of the view
	 */
	String show(Asked asked, LaunchForm form, Model model, HttpServletResponse response) {
		model.addAttribute("connection", this.connection.configured());
		model.addAttribute("clusters", this.clusters.count());
		model.addAttribute("phases", Phases.ALL);
		model.addAttribute("phase", asked.phase());
		model.addAttribute("token", asked.token());
		model.addAttribute("form", form);
		if (form.failure() != null) {
			response.setStatus(form.failure().status().value());
		}
		try {
			List<ProjectSummary> all = this.projects.list();
			model.addAttribute("projects", all);
			if (!all.isEmpty()) {
				Place place = Place.choose(all, asked.project(), asked.domain());
				model.addAttribute("unknown", place.whyUnknown(all));
				add(place, asked, model);
			}
			model.addAttribute("connection", this.connection.connected());
		}
		catch (StatusRuntimeException ex) {
			// The page shows what there is, and why there is no more.
			FlyteFailure failure = FlyteFailure.of(ex);
			model.addAttribute("failure", failure);
			response.setStatus(failure.status().value());
		}
		return VIEW;
	}

	private void add(Place place, Asked asked, Model model) {
		model.addAttribute("place", place);
		model.addAttribute("page", this.executions
			.list(new ExecutionQuery(place.project(), place.domain(), asked.phase(), PAGE_SIZE, asked.token())));
		model.addAttribute("launchPlans", this.launchPlans.choices(place.project(), place.domain()));
	}

	/**
	 * What is to be shown.
	 *
	 * @param project the project, or {@code null} for the first
	 * @param domain the domain, or {@code null} for the project's first
	 * @param phase the only phase to show, or {@code null} for all
	 * @param token where the page of executions begins, empty for the newest
	 */
	record Asked(@Nullable String project, @Nullable String domain, @Nullable Phase phase, String token) {

	}

}
