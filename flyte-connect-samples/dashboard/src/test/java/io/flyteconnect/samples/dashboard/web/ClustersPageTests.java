package io.flyteconnect.samples.dashboard.web;

import java.net.http.HttpResponse;

import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import io.flyteconnect.samples.dashboard.Browser;
import io.flyteconnect.samples.dashboard.DashboardApplication;
import io.flyteconnect.test.FlyteTestServer;

import static org.assertj.core.api.Assertions.assertThat;

class ClustersPageTests {

	@Test
	void whenThereAreTwoClustersThenThePageShowsBothAlsoWhereOneIsDown() {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(DashboardApplication.class).run(
				"--server.port=0", "--spring.profiles.active=two-clusters",
				"--flyte.connections.east.channel.max-retries=0", "--flyte.connections.east.channel.deadline=3s")) {
			int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
			HttpResponse<String> page = new Browser(port).get("/clusters");
			assertThat(page.statusCode()).isEqualTo(200);
			assertThat(page.body()).contains(">west</h2>", "TLS, trusts ", "client credentials of dashboard",
					">east</h2>", ">plaintext</dd>", "Newest of flytesnacks");
			assertThat(page.body().split("<dd>flytesnacks, forecasting, genomics</dd>")).hasSize(3);
			assertThat(new Browser(port).get("/").body()).contains(">All 2 clusters</a>");
			FlyteTestServer west = context.getBean("westFlyte", FlyteTestServer.class);
			int calls = west.calls().count("ListProjects");
			FlyteTestServer east = context.getBean("eastFlyte", FlyteTestServer.class);
			String endpoint = east.endpoint();
			east.close();
			HttpResponse<String> half = new Browser(port).get("/clusters");
			assertThat(half.statusCode()).isEqualTo(200);
			assertThat(half.body()).contains(">west</h2>", ">east</h2>", endpoint)
				.containsOnlyOnce("<dd>flytesnacks, forecasting, genomics</dd>");
			assertThat(half.body()).containsOnlyOnce("role=\"alert\"");
			assertThat(west.calls().count("ListProjects")).isEqualTo(calls + 1);
		}
	}

	@Test
	void whenThereIsOneClusterThenTheFirstPageLeadsToNoOther() {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(DashboardApplication.class)
			.run("--server.port=0")) {
			int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
			assertThat(new Browser(port).get("/").body()).doesNotContain("/clusters");
			assertThat(new Browser(port).get("/clusters").body()).contains(">default</h2>");
		}
	}

}
