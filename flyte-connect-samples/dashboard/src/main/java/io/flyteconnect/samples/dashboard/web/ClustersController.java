package io.flyteconnect.samples.dashboard.web;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

import io.flyteconnect.samples.dashboard.flyte.ClusterService;

/**
 * The page that shows all clusters side by side. A cluster that does not answer is no
 * failure of the page.
 */
@Controller
class ClustersController {

	private final ClusterService clusters;

	ClustersController(ClusterService clusters) {
		this.clusters = clusters;
	}

	@GetMapping("/clusters")
	String clusters(Model model) {
		model.addAttribute("clusters", this.clusters.list());
		return "clusters";
	}

}
