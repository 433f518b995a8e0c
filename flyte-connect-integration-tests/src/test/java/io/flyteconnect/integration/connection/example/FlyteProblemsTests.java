package io.flyteconnect.integration.connection.example;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;

import flyteidl.core.IdentifierOuterClass.WorkflowExecutionIdentifier;
import flyteidl.core.Types.SimpleType;
import io.grpc.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import io.flyteconnect.execution.FlyteExecutions;
import io.flyteconnect.execution.LaunchRequest;
import io.flyteconnect.test.FlyteTest;
import io.flyteconnect.test.FlyteTestServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What failures of Flyte become over HTTP, as the documentation shows it.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "server.servlet.context-path=")
@FlyteTest
@Import(FlyteProblemsTests.Api.class)
class FlyteProblemsTests {

	@Autowired
	FlyteTestServer server;

	@LocalServerPort
	int port;

	@ParameterizedTest
	@CsvSource({ "NOT_FOUND,404", "INVALID_ARGUMENT,400", "ALREADY_EXISTS,409", "FAILED_PRECONDITION,409",
			"PERMISSION_DENIED,502", "INTERNAL,502" })
	void whenFlyteRefusesThenTheHttpStatusFits(Status.Code code, int status) throws Exception {
		this.server.behaviour().failNext("GetExecutionData", 1, code.toStatus().withDescription("so it is"));
		HttpResponse<String> response = get("/outputs");
		assertThat(response.statusCode()).isEqualTo(status);
		assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
		assertThat(response.body().contains("so it is")).as("what is the matter of the caller").isEqualTo(status < 500);
		assertThat(response.body().contains(code.name())).as("what is not").isEqualTo(status >= 500);
	}

	@Test
	void whenAnInputDoesNotFitThenItIsABadRequest() throws Exception {
		this.server.admin().launchPlan("p", "development", "plan").input("n", SimpleType.INTEGER);
		HttpResponse<String> response = get("/launch");
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(response.body()).contains("'n' must be of type integer", "n: integer (required)");
	}

	private HttpResponse<String> get(String path) throws Exception {
		URI uri = URI.create("http://localhost:" + this.port + path);
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
	}

	@RestController
	static class Api {

		private final FlyteExecutions executions;

		Api(FlyteExecutions executions) {
			this.executions = executions;
		}

		@GetMapping("/outputs")
		Map<String, ?> outputs() {
			return this.executions.outputs(WorkflowExecutionIdentifier.newBuilder()
				.setProject("p")
				.setDomain("development")
				.setName("e")
				.build());
		}

		@GetMapping("/launch")
		String launch() {
			return this.executions.launch(LaunchRequest.launchPlan("p", "development", "plan").input("n", "x").build())
				.getName();
		}

	}

}
