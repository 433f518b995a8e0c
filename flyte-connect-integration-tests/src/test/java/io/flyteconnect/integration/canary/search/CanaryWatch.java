package io.flyteconnect.integration.canary.search;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Has the canaries of a test and a proxy that sees further ones. At the end of the test
 * none of them may be in anything that the test looked at, nor in the log.
 */
public final class CanaryWatch implements BeforeEachCallback, AfterEachCallback {

	private Canaries canaries = new Canaries();

	private RecordingProxy proxy;

	private final CanaryApplication.Events events = new CanaryApplication.Events();

	private final Map<String, String> texts = new LinkedHashMap<>();

	@Override
	public void beforeEach(ExtensionContext test) {
		this.canaries = new Canaries();
		this.texts.clear();
		this.proxy = new RecordingProxy(this.canaries.secret("proxy password"));
		LogRecorder.begin();
	}

	public Canaries canaries() {
		return this.canaries;
	}

	public RecordingProxy proxy() {
		return this.proxy;
	}

	public CanaryApplication.Events events() {
		return this.events;
	}

	/**
	 * Start describing an application that reaches the world through the proxy.
	 */
	public CanaryApplication application() {
		return CanaryApplication.create().property("flyte.platform.http-proxy-url", this.proxy.url()).bean(this.events);
	}

	/**
	 * Do what fails, and look at the failure.
	 * @param call what fails
	 * @return the failure
	 */
	public Throwable failureOf(ThrowingCallable call) {
		Throwable failure = catchThrowable(call);
		assertThat(failure).as("failure").isNotNull();
		look("exception " + this.texts.size(), Readable.of(failure));
		lookAtThreads();
		return failure;
	}

	/**
	 * Look at all that a running application shows: the pages of its actuator, its beans,
	 * and its threads.
	 */
	public void look(ConfigurableApplicationContext context) {
		new ActuatorPages(context).open().forEach(this::look);
		context.getBeansOfType(Object.class, false, false).forEach((name, bean) -> {
			// The environment is one of these tests.
			if (bean.getClass().getName().matches("io\\.flyteconnect\\.(?!integration\\.).*")) {
				look("bean " + name, bean + " " + bean.getClass());
			}
		});
		look("bean definitions",
				Arrays.stream(context.getBeanDefinitionNames())
					.map((name) -> context.getBeanFactory().getBeanDefinition(name).toString())
					.collect(Collectors.joining("\n")));
		lookAtThreads();
	}

	/**
	 * Look at a text, beside all that was seen at the same place before.
	 * @param place where it can be read
	 * @param text the text
	 */
	public void look(String place, String text) {
		this.texts.merge(place, text, (before, now) -> before + "\n" + now);
	}

	private void lookAtThreads() {
		look("threads " + this.texts.size(),
				Thread.getAllStackTraces()
					.keySet()
					.stream()
					.map((thread) -> thread.getName() + " " + thread.getThreadGroup())
					.collect(Collectors.joining("\n")));
	}

	/**
	 * Remember the tokens that an application has by now.
	 */
	public void learnTokens(ConfigurableApplicationContext context) {
		OAuth2AuthorizedClient client = context
			.getBean("flyteAuthorizedClientManager", OAuth2AuthorizedClientManager.class)
			.authorize(OAuth2AuthorizeRequest.withClientRegistrationId("flyte").principal("anybody").build());
		assertThat(client).isNotNull();
		this.canaries.add("access token", client.getAccessToken().getTokenValue());
		if (client.getRefreshToken() != null) {
			this.canaries.add("refresh token", client.getRefreshToken().getTokenValue());
		}
		look("authorized client", client + " " + client.getAccessToken() + " " + client.getRefreshToken() + " "
				+ client.getClientRegistration());
	}

	/**
	 * Remember what has reached the servers, by the proxy and by what they log.
	 */
	public void learnFromServers() {
		this.proxy.collect(this.canaries);
		LogRecorder.serverLines().forEach((line) -> RecordingProxy.collect(line, this.canaries));
	}

	/**
	 * Search for all canaries in all that was looked at, and in the log.
	 */
	public Set<String> findings() {
		learnFromServers();
		Map<String, String> all = new LinkedHashMap<>(this.texts);
		this.events.payloads().forEach((event) -> all.put("event " + event.getClass().getName(), event.toString()));
		all.put("log", String.join("\n", LogRecorder.lines()));
		return new CanarySearch(this.canaries.all()).in(all);
	}

	@Override
	public void afterEach(ExtensionContext test) {
		try {
			assertThat(findings()).as("canaries").isEmpty();
		}
		finally {
			this.proxy.close();
			LogRecorder.end();
		}
	}

}
