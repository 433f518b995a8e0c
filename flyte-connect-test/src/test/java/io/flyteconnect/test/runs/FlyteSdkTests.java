package io.flyteconnect.test.runs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import com.flyteidl2.common.ActionPhase;
import com.flyteidl2.common.RunIdentifier;
import com.flyteidl2.core.SimpleType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.flyteconnect.test.FlyteTestServer;
import io.flyteconnect.test.RecordedCall;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the Flyte 2 in memory with Flyte's own SDK for Python, as
 * {@code src/test/sdk/run} installs it.
 */
@Tag("sdk")
class FlyteSdkTests {

	private final FlyteTestServer server = FlyteTestServer.builder().flyte2().start();

	private Process sdk;

	private PrintWriter steps;

	private BufferedReader answers;

	@BeforeEach
	void start() throws IOException {
		this.server.flyte2()
			.tasks()
			.add("snacks", "development", "bakery.bake", "v1")
			.input("count", SimpleType.INTEGER)
			.output("o0", SimpleType.INTEGER);
		ProcessBuilder command = new ProcessBuilder(System.getProperty("flyte.sdk.python"),
				Path.of("src", "test", "sdk", "check.py").toAbsolutePath().toString(), this.server.endpoint(), "snacks",
				"development", "bakery.bake");
		// Nobody is told of it.
		command.environment().put("DO_NOT_TRACK", "1");
		command.environment().put("FLYTE_DISABLE_SENTRY", "true");
		this.sdk = command.redirectError(Path.of("target", "sdk.log").toFile()).start();
		this.steps = new PrintWriter(this.sdk.outputWriter(StandardCharsets.UTF_8), true);
		this.answers = new BufferedReader(new InputStreamReader(this.sdk.getInputStream(), StandardCharsets.UTF_8));
	}

	@AfterEach
	void stop() throws InterruptedException {
		this.steps.close();
		if (!this.sdk.waitFor(20, TimeUnit.SECONDS)) {
			this.sdk.destroyForcibly();
		}
		this.server.close();
	}

	@Test
	void whenTheSdkRunsATaskThenItSeesItsEndAndItsOutputs() throws IOException {
		RunIdentifier id = run(7);
		assertThat(this.server.flyte2()
			.runs()
			.inputs(id)
			.getLiterals(0)
			.getValue()
			.getScalar()
			.getPrimitive()
			.getInteger()).isEqualTo(7);
		this.server.flyte2().runs().start(id);
		this.steps.println("wait");
		this.server.flyte2().runs().succeed(id, Map.of("o0", 42));
		assertThat(answer("ended")).containsIgnoringCase("succeeded");
		assertThat(ask("outputs")).isEqualTo("42");
		assertThat(ask("runs", "list")).isEqualTo(id.getName());
		assertThat(this.server.calls().calls()).extracting(RecordedCall::method)
			.contains("flyteidl2.workflow.RunService/CreateRun", "flyteidl2.dataproxy.DataProxyService/UploadInputs",
					"flyteidl2.workflow.RunService/WatchActionDetails");
	}

	@Test
	void whenTheSdkAbortsARunThenItIsAborted() throws IOException {
		RunIdentifier id = run(1);
		this.steps.println("abort");
		answer("aborted");
		assertThat(this.server.flyte2().runs().get(id).getAction().getStatus().getPhase())
			.isEqualTo(ActionPhase.ACTION_PHASE_ABORTED);
	}

	private RunIdentifier run(int count) throws IOException {
		this.steps.println("run " + count);
		return RunIdentifier.newBuilder().setProject("snacks").setDomain("development").setName(answer("run")).build();
	}

	private String ask(String step) throws IOException {
		return ask(step, step);
	}

	private String ask(String word, String step) throws IOException {
		this.steps.println(step);
		return answer(word);
	}

	private String answer(String word) throws IOException {
		for (String line = this.answers.readLine(); line != null; line = this.answers.readLine()) {
			if (List.of(line.split(" ")).get(0).equals(word)) {
				return line.substring(word.length()).trim();
			}
		}
		throw new IOException("The SDK has ended: see target/sdk.log");
	}

}
