package io.flyteconnect.samples.dashboard.web;

import java.util.Map;

import flyteidl.core.IdentifierOuterClass.WorkflowExecutionIdentifier;
import io.grpc.StatusRuntimeException;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import io.flyteconnect.execution.InvalidInputsException;
import io.flyteconnect.samples.dashboard.flyte.ConnectionService;
import io.flyteconnect.samples.dashboard.flyte.ExecutionService;
import io.flyteconnect.samples.dashboard.flyte.FlyteFailure;
import io.flyteconnect.samples.dashboard.flyte.InvalidInputException;
import io.flyteconnect.samples.dashboard.flyte.LaunchPlanService;
import io.flyteconnect.samples.dashboard.flyte.LaunchRequest;

/**
 * The page of one execution, and the forms that launch and terminate.
 */
@Controller
class ExecutionController {

	private static final String PAGE = "/executions/{project}/{domain}/{name}";

	private final ConnectionService connection;

	private final ExecutionService executions;

	private final LaunchPlanService launchPlans;

	private final HomePage home;

	private final JsonMapper json;

	ExecutionController(ConnectionService connection, ExecutionService executions, LaunchPlanService launchPlans,
			HomePage home, JsonMapper json) {
		this.connection = connection;
		this.home = home;
		this.executions = executions;
		this.launchPlans = launchPlans;
		this.json = json;
	}

	@GetMapping(PAGE)
	String show(@PathVariable String project, @PathVariable String domain, @PathVariable String name, Model model) {
		model.addAttribute("connection", this.connection.configured());
		WorkflowExecutionIdentifier id = ExecutionIds.of(project, domain, name);
		model.addAttribute("execution", this.executions.get(id));
		model.addAttribute("data", this.executions.data(id));
		return "execution";
	}

	@PostMapping("/executions")
	String launch(@RequestParam String project, @RequestParam String domain, @RequestParam String launchPlan,
			@RequestParam(defaultValue = "") String name, @RequestParam(defaultValue = "") String inputs, Model model,
			RedirectAttributes attributes, HttpServletResponse response) {
		LaunchForm form = new LaunchForm(launchPlan, name, inputs, null);
		try {
			WorkflowExecutionIdentifier id = this.launchPlans
				.launch(new LaunchRequest(project, domain, launchPlan, "", name.strip(), read(inputs)));
			return redirect(id, "launched", attributes);
		}
		catch (StatusRuntimeException ex) {
			form = form.refused(FlyteFailure.of(ex));
		}
		catch (InvalidInputException | InvalidInputsException ex) {
			form = form.refused(FlyteFailure.ofInputs(ex));
		}
		// What was filled in is not to be filled in again.
		return this.home.show(new HomePage.Asked(project, domain, null, ""), form, model, response);
	}

	@PostMapping(PAGE + "/terminate")
	String terminate(@PathVariable String project, @PathVariable String domain, @PathVariable String name,
			@RequestParam(defaultValue = "") String cause, RedirectAttributes attributes) {
		WorkflowExecutionIdentifier id = ExecutionIds.of(project, domain, name);
		this.executions.terminate(id, cause.isBlank() ? "Terminated in the dashboard" : cause);
		return redirect(id, "terminated", attributes);
	}

	@PostMapping(PAGE + "/relaunch")
	String relaunch(@PathVariable String project, @PathVariable String domain, @PathVariable String name,
			RedirectAttributes attributes) {
		return redirect(this.executions.relaunch(ExecutionIds.of(project, domain, name)), "launched", attributes);
	}

	private String redirect(WorkflowExecutionIdentifier id, String done, RedirectAttributes attributes) {
		attributes.addAttribute("project", id.getProject());
		attributes.addAttribute("domain", id.getDomain());
		attributes.addAttribute("name", id.getName());
		attributes.addAttribute("done", done);
		return "redirect:" + PAGE;
	}

	private Map<String, Object> read(String inputs) {
		if (inputs.isBlank()) {
			return Map.of();
		}
		try {
			return this.json.readValue(inputs, new TypeReference<Map<String, Object>>() {
			});
		}
		catch (JacksonException ex) {
			throw new InvalidInputException("The inputs are no JSON object: " + ex.getOriginalMessage(), ex);
		}
	}

}
