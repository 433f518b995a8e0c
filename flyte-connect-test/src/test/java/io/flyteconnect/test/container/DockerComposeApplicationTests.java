package io.flyteconnect.test.container;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.flyteconnect.test.FlyteTestServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for an application beside a file of Docker Compose, in a process of its own whose
 * {@code docker} is a script that answers as Docker does.
 */
@Tag("once")
class DockerComposeApplicationTests {

	@TempDir
	private Path folder;

	@Test
	void whenComposeRunsTheSandboxThenTheApplicationCallsIt() throws Exception {
		Path compose = Files.writeString(this.folder.resolve("compose.yaml"),
				"services:\n  flyte:\n    image: '" + SandboxContainer.IMAGE + "'\n    ports:\n      - '30080'\n");
		try (FlyteTestServer server = FlyteTestServer.builder().withSampleData().start()) {
			docker(server.port());
			assertThat(run("--spring.docker.compose.file=" + compose, "--flyte.config-file=none",
					"--flyte.platform.url=flyte.example.com", "--spring.main.web-application-type=none"))
				.contains("PROJECTS 3");
			assertThat(server.calls().calls("ListProjects")).hasSize(1);
		}
	}

	private void docker(int port) throws Exception {
		Path docker = Files.writeString(this.folder.resolve("docker"), """
				#!/bin/sh
				case "$*" in
				"version --format {{.Client.Version}}") echo 27.3.1 ;;
				"compose version --format json") echo '{"version":"2.29.7"}' ;;
				"context ls --format={{ json . }}")
					echo '{"Name":"default","Current":true,"DockerEndpoint":"unix:///var/run/docker.sock"}' ;;
				*" config --format=json") echo '{"name":"app","services":{"flyte":{"image":"IMAGE"}}}' ;;
				*" ps --orphans=false --format=json")
					echo '{"ID":"f17e","Name":"app-flyte-1","Image":"IMAGE","State":"running"}' ;;
				"inspect --format={{ json . }} f17e")
					echo '{"Id":"f17e","Config":{"Image":"IMAGE","Labels":{"com.docker.compose.service":"flyte"},\
				"ExposedPorts":{"30080/tcp":{}},"Env":["PATH=/bin"]},\
				"NetworkSettings":{"Ports":{"30080/tcp":[{"HostIp":"0.0.0.0","HostPort":"PORT"}]}},\
				"HostConfig":{"NetworkMode":"app_default"}}' ;;
				*) echo "unexpected: $*" >&2; exit 1 ;;
				esac
				""".replace("IMAGE", SandboxContainer.IMAGE).replace("PORT", Integer.toString(port)));
		Files.setPosixFilePermissions(docker, PosixFilePermissions.fromString("rwxr-xr-x"));
	}

	private String run(String... arguments) throws Exception {
		ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:+UnlockDiagnosticVMOptions",
				"-XX:-BytecodeVerificationRemote", "-Xshare:auto", "-cp",
				System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
				DockerComposeApplication.class.getName())
			.redirectErrorStream(true);
		builder.command().addAll(List.of(arguments));
		builder.environment().put("PATH", this.folder + ":/usr/bin:/bin");
		builder.environment().remove("DOCKER_HOST");
		builder.environment().remove("SERVICES_HOST");
		Process process = builder.start();
		String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		process.waitFor();
		return said;
	}

}
