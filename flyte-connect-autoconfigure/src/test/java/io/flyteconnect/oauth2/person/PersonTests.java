package io.flyteconnect.oauth2.person;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.flyteconnect.config.Interactive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests have no terminal: what decides here is the desktop that the variables name.
 */
@ExtendWith(OutputCaptureExtension.class)
class PersonTests {

	private final List<Object> events = new ArrayList<>();

	@ParameterizedTest
	@ValueSource(strings = { "DISPLAY", "WAYLAND_DISPLAY" })
	void whenThereIsADesktopThenAPersonCanBeAsked(String variable) {
		assertThatCode(() -> person(Interactive.AUTO, Map.of(variable, ":0")).require("pkce"))
			.doesNotThrowAnyException();
	}

	@Test
	void whenThereIsNeitherTerminalNorDesktopThenTheErrorSaysWhatToSet() {
		assertThatExceptionOfType(PersonLoginException.class)
			.isThrownBy(() -> person(Interactive.AUTO, Map.of("TERM", "dumb")).require("device-flow"))
			.withMessageContaining("mode device-flow asks a person")
			.withMessageContaining("this process has neither a terminal nor a desktop")
			.withMessageContaining("flyte.credentials.auth-mode=client-credentials")
			.withMessageContaining("flyte.credentials.client-id")
			.withMessageContaining("flyte.credentials.client-secret, client-secret-location, client-secret-env-var")
			.withMessageContaining("flyte.credentials.interactive=always")
			.satisfies((ex) -> assertThat(ex.getError().getErrorCode()).isEqualTo("person_unreachable"));
	}

	@Test
	void whenTheProcessRunsInKubernetesThenADesktopDoesNotCount() {
		Map<String, String> pod = Map.of("KUBERNETES_SERVICE_HOST", "10.0.0.1", "DISPLAY", ":0");
		assertThatExceptionOfType(PersonLoginException.class)
			.isThrownBy(() -> person(Interactive.AUTO, pod).require("pkce"))
			.withMessageContaining("this process runs in Kubernetes");
		assertThatCode(() -> person(Interactive.ALWAYS, pod).require("pkce")).doesNotThrowAnyException();
	}

	@Test
	void whenAskingIsForbiddenThenADesktopDoesNotCount() {
		assertThatExceptionOfType(PersonLoginException.class)
			.isThrownBy(() -> person(Interactive.NEVER, Map.of("DISPLAY", ":0")).require("pkce"))
			.withMessageContaining("flyte.credentials.interactive=never forbids it");
	}

	@Test
	void whenAskingIsWantedThenNothingElseCounts() {
		assertThatCode(() -> person(Interactive.ALWAYS, Map.of()).require("pkce")).doesNotThrowAnyException();
	}

	@Test
	void whenThePersonIsToldSomethingThenLogAndListenersHaveIt(CapturedOutput output) {
		person(Interactive.AUTO, Map.of()).tell("log in at https://idp.example", "an event");
		assertThat(output).contains("WARN").contains("log in at https://idp.example");
		assertThat(this.events).containsExactly("an event");
	}

	@Test
	void whenAListenerThrowsThenThatDoesNotMatter(CapturedOutput output) {
		Person person = new Person(Interactive.AUTO, Map.of(), (event) -> {
			throw new IllegalStateException("a listener's own trouble");
		});
		assertThatCode(() -> person.tell("log in at https://idp.example", "an event")).doesNotThrowAnyException();
		assertThat(output).contains("log in at https://idp.example");
	}

	private Person person(Interactive interactive, Map<String, String> environment) {
		return new Person(interactive, environment, this.events::add);
	}

}
