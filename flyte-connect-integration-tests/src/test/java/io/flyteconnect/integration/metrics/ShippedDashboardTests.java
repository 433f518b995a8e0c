package io.flyteconnect.integration.metrics;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import flyteidl.admin.ProjectOuterClass.ProjectListRequest;
import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.yaml.snakeyaml.Yaml;

import io.flyteconnect.FlyteConnection;
import io.flyteconnect.FlyteConnectionFactory;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.integration.connection.Applications;
import io.flyteconnect.secret.Secret;
import io.flyteconnect.secret.SecretResolver;
import io.flyteconnect.test.FlyteTestServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What an application shows at {@code /actuator/prometheus}, against each name and label
 * that the dashboard and the alert rules use, and the spans of its token requests.
 */
@Tag("once")
class ShippedDashboardTests {

	private static final Path DOCS = Path.of("..", "docs");

	@Test
	void whenCallsOfEachKindWereMadeThenEachNameAndTagOfDashboardAndRulesIsThere() throws Exception {
		Spans spans = new Spans();
		try (FlyteTestServer server = FlyteTestServer.builder()
			.clientCredentials("service", "s3cret-of-metrics")
			.start(); ConfigurableApplicationContext context = application(server, spans)) {
			FlyteConnection connection = context.getBean(FlyteConnection.class);
			callInEachWay(server, connection);
			assertThat(context.getBean(SecretResolver.class).find(Secret.of("no", "secret"))).isNull();
			String page = page(context);
			Map<String, Set<String>> shown = MetricNames.ofPage(page).labels();
			List<String> expressions = new ArrayList<>();
			Map<String, Object> dashboard = new Yaml().load(Files.readString(DOCS.resolve("grafana-dashboard.json")));
			expressions(dashboard, expressions);
			int panels = expressions.size();
			expressions(new Yaml().load(Files.readString(DOCS.resolve("prometheus-rules.yml"))), expressions);
			assertThat(panels).isGreaterThan(10);
			assertThat(expressions.size()).isGreaterThan(panels + 5);
			expressions.forEach((expression) -> assertShown(shown, expression, MetricNames.ofExpression(expression)));
			List<String> variables = variables(dashboard);
			assertThat(variables).isNotEmpty();
			variables.forEach((query) -> assertShown(shown, query, MetricNames.ofVariable(query)));
			assertThat(page).contains("grpc_status_code=\"OK\"", "grpc_status_code=\"NOT_FOUND\"", "reason=\"retry\"",
					"reason=\"token_rejected\"", "outcome=\"success\"", "outcome=\"missing\"", "source=\"property\"",
					"mode=\"client-credentials\"", "# HELP flyte_token_requests_seconds Requests for a token");
			assertThat(page.lines()).anyMatch((line) -> line.startsWith("flyte_channel_state")
					&& line.contains("state=\"ready\"") && line.endsWith(" 1.0"));
			assertThat(page.lines())
				.anyMatch((line) -> line.startsWith("flyte_token_rejections_total") && line.endsWith(" 1.0"));
			assertThat(page.lines().filter((line) -> line.startsWith("grpc_client_active_seconds_"))).isNotEmpty()
				.noneMatch((line) -> line.contains("connection="));
			assertThat(page).doesNotContain("s3cret-of-metrics");
			spans.assertTokenRequestsAreBelowCalls();
			ownConnectionsComeAndGo(server, context);
		}
	}

	private static void assertShown(Map<String, Set<String>> shown, String expression, MetricNames used) {
		assertThat(used.labels()).as(expression).isNotEmpty();
		used.labels()
			.forEach((name, labels) -> assertThat(shown.get(name)).as(name + " in " + expression)
				.isNotNull()
				.containsAll(labels));
	}

	/** What the choices of its variables are asked for by. */
	private static List<String> variables(Map<String, Object> dashboard) {
		List<?> variables = (List<?>) ((Map<?, ?>) dashboard.get("templating")).get("list");
		return variables.stream()
			.map((variable) -> (Map<?, ?>) variable)
			.filter((variable) -> "query".equals(variable.get("type")))
			.map((variable) -> String.valueOf(variable.get("query")))
			.toList();
	}

	private static void callInEachWay(FlyteTestServer server, FlyteConnection connection) {
		version(connection);
		server.behaviour().failNext("GetVersion", 1, Status.UNAVAILABLE);
		version(connection);
		server.behaviour().failNext("ListProjects", 1, Status.NOT_FOUND);
		StatusRuntimeException failure = catchThrowableOfType(StatusRuntimeException.class,
				() -> connection.admin().blocking().listProjects(ProjectListRequest.getDefaultInstance()));
		assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
		server.behaviour().refuseNext(1);
		version(connection);
	}

	private static void ownConnectionsComeAndGo(FlyteTestServer server, ConfigurableApplicationContext context) {
		MeterRegistry meters = context.getBean(MeterRegistry.class);
		FlyteConnectionFactory factory = context.getBean(FlyteConnectionFactory.class);
		PlatformConfig config = PlatformConfig.builder()
			.name("of-its-own")
			.endpoint(server.endpoint())
			.insecure(true)
			.clientCredentials("service", "s3cret-of-metrics")
			.build();
		try (FlyteConnection own = factory.create(config)) {
			version(own);
			assertThat(meters.find("grpc.client").tag("connection", "of-its-own").timers()).isNotEmpty();
			assertThat(meters.get("flyte.token.expires.in").tag("connection", "of-its-own").gauge().value())
				.isBetween(0.0, 1_000_000.0);
		}
		assertThat(meters.getMeters()).noneMatch((meter) -> "of-its-own".equals(meter.getId().getTag("connection")));
		assertThat(meters.find("grpc.client").tag("connection", "default").timers()).isNotEmpty();
	}

	private static void version(FlyteConnection connection) {
		connection.admin().blocking().getVersion(GetVersionRequest.getDefaultInstance());
	}

	private static ConfigurableApplicationContext application(FlyteTestServer server, Spans spans) {
		return Applications.create()
			.properties(server.properties())
			.property("spring.main.web-application-type", "servlet")
			.property("server.port", 0)
			.property("server.address", "localhost")
			.property("management.endpoints.web.exposure.include", "prometheus")
			.bean(Spans.class, spans)
			.run();
	}

	private static String page(ConfigurableApplicationContext context) throws Exception {
		String port = context.getEnvironment().getProperty("local.server.port");
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator/prometheus")).build(),
					BodyHandlers.ofString())
			.body();
	}

	private static void expressions(Object node, List<String> found) {
		if (node instanceof Map<?, ?> map) {
			map.forEach((key, value) -> {
				if ("expr".equals(key)) {
					found.add(String.valueOf(value));
				}
				else {
					expressions(value, found);
				}
			});
		}
		else if (node instanceof List<?> list) {
			list.forEach((element) -> expressions(element, found));
		}
	}

	/** Sees each observation that starts. */
	static final class Spans implements ObservationHandler<Observation.Context> {

		private final Map<Observation.ContextView, String> names = new ConcurrentHashMap<>();

		@Override
		public void onStart(Observation.Context context) {
			this.names.put(context, String.valueOf(context.getName()));
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

		void assertTokenRequestsAreBelowCalls() {
			Map<String, Integer> below = new HashMap<>();
			this.names.forEach((context, name) -> below.merge(name + " below " + parent(context), 1, Integer::sum));
			// The first one, and the one after the token was refused.
			assertThat(below).containsEntry("flyte.token.requests below grpc.client", 2)
				.doesNotContainKey("flyte.token.requests below nothing")
				// Asks the server how to log in.
				.containsKey("grpc.client below flyte.token.requests");
		}

		private static String parent(Observation.ContextView context) {
			return (context.getParentObservation() != null) ? context.getParentObservation().getContextView().getName()
					: "nothing";
		}

	}

}
