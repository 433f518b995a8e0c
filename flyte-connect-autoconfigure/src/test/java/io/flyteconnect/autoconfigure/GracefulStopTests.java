package io.flyteconnect.autoconfigure;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import flyteidl.service.Auth.OAuth2MetadataResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import io.flyteconnect.FlyteAdminStub;
import io.flyteconnect.testsupport.LoginServer;
import io.flyteconnect.testsupport.TokenServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A web application that stops while it serves a request: Flyte is there until the
 * request is done.
 */
@Tag("fault")
class GracefulStopTests {

	private final TokenServer idp = new TokenServer("token-1");

	private LoginServer flyte;

	@BeforeEach
	void start() throws Exception {
		this.flyte = new LoginServer();
		this.flyte.accepted.add("token-1");
		this.flyte.metadata = OAuth2MetadataResponse.newBuilder()
			.setTokenEndpoint("http://localhost:" + this.idp.port() + "/token")
			.build();
	}

	@AfterEach
	void stop() throws Exception {
		this.flyte.close();
		this.idp.close();
	}

	@Test
	void whenARequestIsServedAsTheApplicationStopsThenItCanLogInAndCallFlyteAndThenTheConnectionIsClosed(
			@TempDir Path folder) throws Exception {
		ConfigurableApplicationContext context = run(folder);
		int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
		Requests requests = context.getBean(Requests.class);
		CompletableFuture<HttpResponse<String>> response = HttpClient.newHttpClient()
			.sendAsync(HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/version")).build(),
					BodyHandlers.ofString());
		assertThat(requests.arrived.await(60, TimeUnit.SECONDS)).isTrue();
		Thread stopping = new Thread(context::close);
		stopping.start();
		await().atMost(60, TimeUnit.SECONDS).until(() -> isRefused(port));
		assertThat(this.flyte.authorizations).isEmpty();
		requests.go.countDown();
		assertThat(response.get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
		stopping.join(Duration.ofMinutes(1).toMillis());
		assertThat(stopping.isAlive()).isFalse();
		assertThat(this.flyte.authorizations).containsExactly("Bearer token-1");
		await().atMost(60, TimeUnit.SECONDS).until(() -> this.flyte.open.get() == 0);
	}

	private ConfigurableApplicationContext run(Path folder) {
		SpringApplication application = new SpringApplication(Application.class);
		application.setDefaultProperties(Map.of("spring.config.location", folder.toUri().toString(), "server.port", 0,
				"server.address", "127.0.0.1", "server.shutdown", "graceful", "flyte.config-file", "none",
				"flyte.platform.url", "localhost:" + this.flyte.port(), "flyte.platform.insecure", true,
				"flyte.credentials.client-id", "me", "flyte.credentials.client-secret", "s3cret"));
		return application.run();
	}

	private static boolean isRefused(int port) throws IOException {
		try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port)) {
			return !socket.isConnected();
		}
		catch (ConnectException ex) {
			return true;
		}
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ TomcatServletWebServerAutoConfiguration.class, DispatcherServletAutoConfiguration.class,
			WebMvcAutoConfiguration.class, HttpMessageConvertersAutoConfiguration.class, FlyteAutoConfiguration.class })
	static class Application {

		@Bean
		Requests requests(FlyteAdminStub flyte) {
			return new Requests(flyte);
		}

	}

	@RestController
	static class Requests {

		private final CountDownLatch arrived = new CountDownLatch(1);

		private final CountDownLatch go = new CountDownLatch(1);

		private final FlyteAdminStub flyte;

		Requests(FlyteAdminStub flyte) {
			this.flyte = flyte;
		}

		@GetMapping("/version")
		String version() throws InterruptedException {
			this.arrived.countDown();
			this.go.await(60, TimeUnit.SECONDS);
			return "version " + this.flyte.blocking().getVersion(GetVersionRequest.getDefaultInstance());
		}

	}

}
