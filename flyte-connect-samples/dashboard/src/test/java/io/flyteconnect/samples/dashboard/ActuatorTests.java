package io.flyteconnect.samples.dashboard;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ActiveProfiles;

import io.flyteconnect.FlyteConnection;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "management.endpoint.env.show-values=always",
				"management.endpoint.configprops.show-values=always", "flyte.credentials.client-id=my-service",
				"flyte.credentials.client-secret=hush-hush",
				"flyte.platform.http-proxy-url=http://me:pass-word@proxy.example.com:3128" })
@ActiveProfiles("sandbox")
class ActuatorTests {

	@Autowired
	FlyteConnection connection;

	@LocalServerPort
	int port;

	@Test
	void whenFlyteDoesNotAnswerThenHealthSaysSoAndTheApplicationLives() {
		assertThat(new Browser(this.port).get("/actuator/health").body()).contains("\"status\":\"DOWN\"");
		assertThat(new Browser(this.port).get("/actuator/health/liveness").body()).contains("\"status\":\"UP\"");
		assertThat(new Browser(this.port).get("/actuator/health/readiness").body()).contains("\"status\":\"UP\"");
		assertThat(new Browser(this.port).get("/actuator/info").statusCode()).isEqualTo(200);
	}

	@Test
	void whenEnvironmentIsShownThenSecretsAreMasked() {
		String env = new Browser(this.port).get("/actuator/env").body();
		assertThat(env).contains("my-service").contains("flyte.credentials.client-secret");
		assertThat(env).doesNotContain("hush-hush").doesNotContain("pass-word");
	}

	@Test
	void whenPropertiesAreShownThenSecretsAreMasked() {
		String properties = new Browser(this.port).get("/actuator/configprops").body();
		assertThat(properties).contains("\"flyte\"").doesNotContain("hush-hush").doesNotContain("pass-word");
	}

}
