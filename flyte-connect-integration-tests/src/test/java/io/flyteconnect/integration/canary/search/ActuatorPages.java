package io.flyteconnect.integration.canary.search;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import com.jayway.jsonpath.JsonPath;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.util.UriComponentsBuilder;

import io.flyteconnect.testsupport.TestHttp;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Opens all pages of an application's actuator.
 */
final class ActuatorPages {

	private static final Set<String> EXPECTED = Set.of("beans", "conditions", "configprops", "env", "health",
			"httpexchanges", "info", "loggers", "mappings", "metrics", "threaddump", "startup", "auditevents");

	private static final List<String> PROPERTIES = List.of("flyte.api-key", "flyte.credentials.client-secret",
			"flyte.credentials.clientSecret", "flyte.credentials.store-key", "flyte.credentials.command",
			"flyte.credentials.command[2]", "flyte.credentials.proxy-command[2]", "flyte.platform.http-proxy-url",
			"my.own.setting", "my.database.password", "my.database.url");

	private final ConfigurableApplicationContext context;

	private final URI root;

	private final TestHttp http = new TestHttp();

	private final Map<String, String> pages = new LinkedHashMap<>();

	ActuatorPages(ConfigurableApplicationContext context) {
		this.context = context;
		this.root = URI.create(
				"http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port") + "/actuator");
	}

	/**
	 * Open all pages.
	 * @return the pages by their addresses
	 */
	Map<String, String> open() {
		Map<String, Map<String, Object>> links = JsonPath.read(open("").body(), "$._links");
		assertThat(links.keySet()).containsAll(EXPECTED);
		// Last, as it lists the requests before.
		links.keySet()
			.stream()
			.filter((name) -> !name.contains("-") && !"self".equals(name) && !"httpexchanges".equals(name))
			.forEach((name) -> open(name));
		List<String> metrics = JsonPath.read(this.pages.get("/metrics"), "$.names");
		assertThat(metrics).anyMatch((name) -> name.startsWith("grpc.client"));
		// The tags of all the others are read from the registry.
		metrics.stream().filter((name) -> name.matches("(grpc|http)\\..*")).forEach((name) -> open("metrics", name));
		this.pages.put("meters",
				this.context.getBean(MeterRegistry.class)
					.getMeters()
					.stream()
					.map((meter) -> meter.getId().toString())
					.collect(Collectors.joining("\n")));
		PROPERTIES.forEach((name) -> open("env", name));
		this.context.getEnvironment().getSystemEnvironment().keySet().forEach((name) -> open("env", name));
		open("configprops", "flyte");
		open("no", "such", "page");
		open("env", "no.such.property");
		open("httpexchanges");
		return this.pages;
	}

	private HttpResponse<String> open(String... path) {
		URI page = UriComponentsBuilder.fromUri(this.root).pathSegment(path).encode().build().toUri();
		HttpResponse<String> answer = this.http.get(page);
		this.pages.put("/" + String.join("/", path), answer.body() + answer.headers());
		return answer;
	}

}
