package io.flyteconnect.samples.dashboard.web;

import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import io.flyteconnect.samples.dashboard.Browser;
import io.flyteconnect.samples.dashboard.EmbeddedDashboard;
import io.flyteconnect.test.FlyteTestServer;

import static org.assertj.core.api.Assertions.assertThat;

@EmbeddedDashboard
class SameOriginTests {

	private static final Map<String, String> FORM = Map.of("project", "flytesnacks", "domain", "development",
			"launchPlan", "hello_world");

	@Autowired
	FlyteTestServer flyte;

	@LocalServerPort
	int port;

	private Browser browser;

	@BeforeEach
	void open() {
		this.browser = new Browser(this.port);
	}

	@Test
	void whenAFormComesFromAnotherSiteThenFlyteIsNotCalled() {
		int before = this.flyte.executions().all().size();
		assertThat(launch("Sec-Fetch-Site", "cross-site")).isEqualTo(403);
		assertThat(launch("Sec-Fetch-Site", "same-site")).isEqualTo(403);
		assertThat(launch("Origin", "https://evil.example")).isEqualTo(403);
		assertThat(launch("Origin", "null")).isEqualTo(403);
		assertThat(launch("Origin", "https://localhost:" + this.port)).isEqualTo(403);
		assertThat(launch("Origin", "http://localhost:1")).isEqualTo(403);
		assertThat(launch("Sec-Fetch-Site", "cross-site", "Origin", "http://localhost:" + this.port)).isEqualTo(403);
		assertThat(this.browser
			.postJson("/api/executions/flytesnacks/development/sample-44/terminate", "", "Origin",
					"http://evil.example")
			.statusCode()).isEqualTo(403);
		assertThat(this.flyte.executions().all()).hasSize(before);
	}

	@Test
	void whenAFormComesFromTheDashboardThenItIsTaken() {
		assertThat(launch("Sec-Fetch-Site", "same-origin")).isEqualTo(302);
		assertThat(launch("Origin", "http://localhost:" + this.port)).isEqualTo(302);
	}

	@Test
	void whenTheClientIsNoBrowserThenItIsTaken() {
		assertThat(launch()).isEqualTo(302);
	}

	private int launch(String... headers) {
		return this.browser.postForm("/executions", FORM, headers).statusCode();
	}

}
