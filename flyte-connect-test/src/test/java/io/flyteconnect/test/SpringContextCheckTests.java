package io.flyteconnect.test;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.context.junit.jupiter.SpringExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FlyteTest} where Spring runs the test, and where it does not.
 */
class SpringContextCheckTests {

	@Test
	void whenSpringDoesNotRunTheTestThenItFailsAndSaysWhatToAdd() {
		TestExecutionSummary summary = run(WithoutSpring.class);
		assertThat(summary.getTestsSucceededCount()).isZero();
		assertThat(summary.getFailures()).singleElement()
			.satisfies((failure) -> assertThat(failure.getException())
				.hasMessageStartingWith("@FlyteTest on " + WithoutSpring.class.getName() + " connects nothing")
				.hasMessageContaining("add @SpringBootTest"));
	}

	@Test
	void whenSpringRunsTheTestInAnyWayThenTheServerIsInjected() {
		for (Class<?> test : new Class<?>[] { Extended.class, Registered.class, Inherited.class, Enclosing.class }) {
			TestExecutionSummary summary = run(test);
			assertThat(summary.getFailures()).as(test.getName()).isEmpty();
			assertThat(summary.getTestsSucceededCount()).as(test.getName()).isOne();
		}
	}

	@Test
	void whenAFieldDoesNotSayWhoseServerItIsThenTheNamesAreSaid() {
		TestExecutionSummary summary = run(Unqualified.class);
		assertThat(summary.getTestsSucceededCount()).isZero();
		assertThat(summary.getFailures()).singleElement()
			.satisfies((failure) -> assertThat(failure.getException())
				.hasMessageContaining("the field 'server' of " + Unqualified.class.getName())
				.hasMessageContaining("@Qualifier with one of left, right"));
	}

	@Test
	void whenThereIsNoConnectionOfTheNameThenTheNamesAreSaid() {
		TestExecutionSummary summary = run(Misspelt.class);
		assertThat(summary.getTestsSucceededCount()).isZero();
		assertThat(summary.getFailures()).singleElement()
			.satisfies((failure) -> assertThat(failure.getException()).rootCause()
				.hasMessageContaining(
						"there is no Flyte connection named 'stging'; did you mean 'staging'? There are: staging"));
	}

	private static TestExecutionSummary run(Class<?> test) {
		LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
			.selectors(DiscoverySelectors.selectClass(test))
			.build();
		SummaryGeneratingListener listener = new SummaryGeneratingListener();
		LauncherFactory.create().execute(request, listener);
		return listener.getSummary();
	}

	@FlyteTest
	static class WithoutSpring {

		@Autowired
		FlyteTestServer server;

		@Test
		void call() {
			this.server.calls();
		}

	}

	@FlyteTest
	@ExtendWith(SpringExtension.class)
	@ContextConfiguration(classes = Application.class)
	static class Extended {

		@Autowired
		FlyteTestServer server;

		@Test
		void call() {
			assertThat(this.server.endpoint()).isNotEmpty();
		}

	}

	@FlyteTest(connection = "left")
	@FlyteTest(connection = "right")
	@ExtendWith(SpringExtension.class)
	@ContextConfiguration(classes = Application.class)
	static class Unqualified {

		@Autowired
		FlyteTestServer server;

		@Test
		void call() {
			this.server.calls();
		}

	}

	@FlyteTest(connection = "stging")
	@TestPropertySource(properties = "flyte.connections.staging.platform.url=staging.flyte.test")
	@ExtendWith(SpringExtension.class)
	@ContextConfiguration(classes = Application.class)
	static class Misspelt {

		@Autowired
		FlyteTestServer server;

		@Test
		void call() {
			this.server.calls();
		}

	}

	static class Inherited extends Extended {

	}

	@FlyteTest
	@ContextConfiguration(classes = Application.class)
	static class Registered {

		@RegisterExtension
		static final SpringExtension SPRING = new SpringExtension();

		@Autowired
		FlyteTestServer server;

		@Test
		void call() {
			assertThat(this.server.endpoint()).isNotEmpty();
		}

	}

	@FlyteTest
	@ExtendWith(SpringExtension.class)
	@ContextConfiguration(classes = Application.class)
	static class Enclosing {

		@Autowired
		FlyteTestServer server;

		@Nested
		class Inner {

			@Test
			void call() {
				assertThat(Enclosing.this.server.endpoint()).isNotEmpty();
			}

		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

	}

}
