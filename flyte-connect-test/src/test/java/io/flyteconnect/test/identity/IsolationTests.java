package io.flyteconnect.test.identity;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionEvaluationReport;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.util.ClassUtils;

import io.flyteconnect.testsupport.TestHttp;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that an identity provider leaves the application beside it alone. The resources
 * of the tests hold an {@code application.yml} that would break one that reads it.
 */
@Tag("once")
class IsolationTests {

	@Test
	void whenApplicationHasSettingsThenProviderReadsNone() {
		try (FlyteTestIdentityProvider provider = FlyteTestIdentityProvider.builder().client("c", "s").start()) {
			assertThat(provider.issuer().getPort()).isNotEqualTo(1);
			assertThat(new TestHttp().clientCredentials(provider.tokenEndpoint(), "c", "s").statusCode())
				.isEqualTo(200);
		}
	}

	@Test
	void whenProviderStartsThenLoggingOfTheApplicationStaysAsItIs() {
		try (ConfigurableApplicationContext application = application()) {
			LoggerContext logging = (LoggerContext) LoggerFactory.getILoggerFactory();
			Logger own = logging.getLogger("com.example.mine");
			own.setLevel(Level.TRACE);
			ListAppender<ILoggingEvent> appender = new ListAppender<>();
			appender.start();
			logging.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
			LoggingSystem system = application.getBean(LoggingSystem.class);
			try (FlyteTestIdentityProvider provider = FlyteTestIdentityProvider.builder().start()) {
				assertThat(provider.issuer()).isNotNull();
				assertThat(own.getLevel()).isEqualTo(Level.TRACE);
				assertThat(application.getBean(LoggingSystem.class)).isSameAs(system);
				assertThat(logging.getLogger(Logger.ROOT_LOGGER_NAME).isAttached(appender)).isTrue();
			}
			own.info("still here");
			assertThat(appender.list).extracting(ILoggingEvent::getFormattedMessage).contains("still here");
			assertThat(appender.list).noneMatch((event) -> event.getLevel().isGreaterOrEqual(Level.WARN));
		}
	}

	@Test
	void whenProviderRunsThenApplicationHasNoBeanOfItAndNoSecurity() {
		try (FlyteTestIdentityProvider provider = FlyteTestIdentityProvider.builder().start();
				ConfigurableApplicationContext application = application()) {
			assertThat(provider.issuer()).isNotNull();
			assertThat(application.getBeanProvider(SecurityFilterChain.class).stream()).isEmpty();
			assertThat(application.getBeansOfType(ClientDirectory.class)).isEmpty();
			Map<String, ?> report = ConditionEvaluationReport.get(application.getBeanFactory())
				.getConditionAndOutcomesBySource();
			assertThat(report.keySet()).noneMatch((name) -> name.startsWith("io.flyteconnect.test"));
			assertThat(SecurityContextHolder.getContext().getAuthentication()).isNull();
		}
	}

	@Test
	void whenModuleIsOnTheClasspathThenItBringsNoWebFrameworkAndNoSecurityAutoConfiguration() throws Exception {
		try (URLClassLoader loader = new URLClassLoader(runtimeClasspath(), ClassLoader.getPlatformClassLoader())) {
			assertThat(ClassUtils.isPresent("io.flyteconnect.FlyteConnection", loader)).isTrue();
			assertThat(ClassUtils.isPresent("org.springframework.web.servlet.DispatcherServlet", loader)).isFalse();
			assertThat(ClassUtils.isPresent("org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration",
					loader))
				.isFalse();
			assertThat(ClassUtils.isPresent("org.springframework.boot.tomcat.TomcatWebServer", loader)).isFalse();
		}
	}

	// Without what the tests of this module bring along; written by the build.
	private static URL[] runtimeClasspath() throws IOException {
		String classpath = Files.readString(Path.of("target", "runtime-classpath")).strip();
		List<URL> urls = new ArrayList<>();
		for (String entry : classpath.split(File.pathSeparator)) {
			urls.add(Path.of(entry).toUri().toURL());
		}
		return urls.toArray(URL[]::new);
	}

	private ConfigurableApplicationContext application() {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties("flyte.enabled=false")
			.run("--spring.main.banner-mode=off");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
