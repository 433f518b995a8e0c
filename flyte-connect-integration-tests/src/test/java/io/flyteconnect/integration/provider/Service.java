package io.flyteconnect.integration.provider;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import flyteidl.admin.ProjectOuterClass.ProjectListRequest;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.annotation.Configuration;

import io.flyteconnect.FlyteAdminStub;
import io.flyteconnect.login.FlyteLoginEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A service that has the starter and calls Flyte.
 */
final class Service implements AutoCloseable {

	private static final Duration DEADLINE = Duration.ofMinutes(2);

	private final ConfigurableApplicationContext context;

	private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();

	private Service(ConfigurableApplicationContext context) {
		this.context = context;
		context.addApplicationListener((event) -> {
			if (event instanceof PayloadApplicationEvent<?> payload
					&& !(payload.getPayload() instanceof FlyteLoginEvent)) {
				this.events.add(payload.getPayload());
			}
		});
	}

	static Service start(GuardedFlyte flyte, Map<String, String> properties) {
		return start(flyte.endpoint(), properties);
	}

	static Service start(String endpoint, Map<String, String> properties) {
		Map<String, String> all = new LinkedHashMap<>();
		all.put("spring.main.banner-mode", "off");
		all.put("spring.main.web-application-type", "none");
		all.put("spring.main.register-shutdown-hook", "false");
		all.put("flyte.config-file", "none");
		all.put("flyte.platform.url", endpoint);
		all.put("flyte.platform.insecure", "true");
		all.put("flyte.credentials.interactive", "always");
		all.put("flyte.credentials.pkce.open-browser", "false");
		all.putAll(properties);
		return new Service(new SpringApplication(Application.class).run(all.entrySet()
			.stream()
			.map((property) -> "--" + property.getKey() + "=" + property.getValue())
			.toArray(String[]::new)));
	}

	int call() {
		return this.context.getBean(FlyteAdminStub.class)
			.withDeadline(DEADLINE)
			.blocking()
			.listProjects(ProjectListRequest.getDefaultInstance())
			.getProjectsCount();
	}

	CompletableFuture<Integer> callInTheBackground() {
		return CompletableFuture.supplyAsync(this::call);
	}

	/**
	 * Call until Flyte has seen so many tokens.
	 * @param flyte the Flyte that is called
	 * @param tokens the number of tokens
	 */
	void callUntil(GuardedFlyte flyte, int tokens) throws InterruptedException {
		long deadline = System.nanoTime() + DEADLINE.toNanos();
		while (flyte.goodTokens() < tokens && System.nanoTime() < deadline) {
			assertThat(call()).isEqualTo(3);
			TimeUnit.MILLISECONDS.sleep(100);
		}
		assertThat(flyte.goodTokens()).isGreaterThanOrEqualTo(tokens);
	}

	<T> T event(Class<T> type) throws InterruptedException {
		Object event = this.events.poll(60, TimeUnit.SECONDS);
		assertThat(event).as("somebody is asked to log in").isInstanceOf(type);
		return type.cast(event);
	}

	boolean askedSomebody() {
		return !this.events.isEmpty();
	}

	@Override
	public void close() {
		this.context.close();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
