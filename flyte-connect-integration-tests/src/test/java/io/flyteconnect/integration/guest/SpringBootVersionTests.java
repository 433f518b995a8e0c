package io.flyteconnect.integration.guest;

import flyteidl.admin.ProjectOuterClass.ProjectListRequest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.annotation.DirtiesContext;

import io.flyteconnect.FlyteAdminStub;
import io.flyteconnect.test.FlyteTest;
import io.flyteconnect.test.FlyteTestServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for an application with a version of Spring Boot that the build names: it logs in
 * and calls Flyte over TLS. Its threads end with it: other guests count those of theirs.
 */
@Tag("once")
@Tag("guest")
@SpringBootTest(classes = SpringBootVersionTests.Application.class)
@DirtiesContext
@FlyteTest(tls = true, auth = FlyteTest.Auth.CLIENT_CREDENTIALS, sampleData = true)
class SpringBootVersionTests {

	@Test
	void whenTheBuildNamesAVersionThenTheApplicationHasItAndCallsFlyte(@Autowired FlyteAdminStub flyte,
			@Autowired FlyteTestServer server) {
		assertThat(SpringBootVersion.getVersion()).isEqualTo(System.getProperty("spring-boot.expected"));
		assertThat(flyte.blocking().listProjects(ProjectListRequest.getDefaultInstance()).getProjectsList()).hasSize(3);
		assertThat(server.identityProvider().tokenRequestCount()).isEqualTo(1);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
