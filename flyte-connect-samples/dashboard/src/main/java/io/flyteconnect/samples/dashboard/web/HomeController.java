package io.flyteconnect.samples.dashboard.web;

import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The page that lists executions.
 */
@Controller
class HomeController {

	private final HomePage page;

	HomeController(HomePage page) {
		this.page = page;
	}

	@GetMapping("/")
	String home(@RequestParam(required = false) @Nullable String project,
			@RequestParam(required = false) @Nullable String domain, @RequestParam(defaultValue = "") String phase,
			@RequestParam(defaultValue = "") String token, Model model, HttpServletResponse response) {
		return this.page.show(new HomePage.Asked(project, domain, Phases.of(phase), token), LaunchForm.EMPTY, model,
				response);
	}

}
