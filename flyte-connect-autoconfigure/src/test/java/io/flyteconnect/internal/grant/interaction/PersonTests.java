package io.flyteconnect.internal.grant.interaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.flyteconnect.config.Interactive;
import io.flyteconnect.login.PersonLoginException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests have no terminal: where none is given, the desktop that the variables name
 * decides.
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

	@ParameterizedTest
	@CsvSource({ "Windows 11,SESSIONNAME,Console,false,true", "Windows 11,SESSIONNAME,RDP-Tcp#0,false,true",
			"Windows Server 2025,SESSIONNAME,Services,false,false", "Windows Server 2025,X,X,false,false",
			"Windows Server 2025,X,X,true,true", "Mac OS X,X,X,false,true",
			"Mac OS X,SSH_CONNECTION,10.0.0.1 22,false,false", "Linux,SSH_CONNECTION,10.0.0.1 22,false,false",
			"Linux,SESSIONNAME,Console,false,false", "Linux,TERM,xterm,true,true", "Linux,TERM,xterm,false,false",
			"Linux,TERM,dumb,true,false", "Linux,X,X,true,false",
			"Mac OS X,KUBERNETES_SERVICE_HOST,10.0.0.1,true,false" })
	void whenTheSystemIsAnotherThenItsOwnSignsCount(String system, String variable, String value, boolean console,
			boolean reachable) {
		Person person = new Person(Interactive.AUTO, Map.of(variable, value), this.events::add, system, () -> console);
		assertThat(catchThrowable(() -> person.require("pkce")) == null).isEqualTo(reachable);
	}

	@Test
	void whenSpringBootIsHeadlessThenADesktopCountsAllTheSame() {
		assertThat(System.getProperty("java.awt.headless")).isEqualTo("true");
		Person person = new Person(Interactive.AUTO, Map.of(), this.events::add, "Mac OS X", () -> false);
		assertThatCode(() -> person.require("pkce")).doesNotThrowAnyException();
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
