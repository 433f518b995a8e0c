package io.flyteconnect.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.test.context.TestPropertySource;

/**
 * Connects the application of a Spring test to a {@link FlyteTestServer} of its own. The
 * server is started before the application, is a bean that can be injected into the test,
 * and stops with the application context; tests with the same attributes and
 * configuration share both. <pre class="code">
 * &#064;SpringBootTest
 * &#064;FlyteTest(sampleData = true)
 * class MyServiceTests {
 *
 *     &#064;Autowired
 *     FlyteTestServer flyte;
 *
 * }
 * </pre> Endpoint, trust and login of the server take the place of the configured ones,
 * and no Flyte file of the developer is read. A class with this annotation and without an
 * application context of Spring fails with an error that says so.
 *
 * @since 0.1.0
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
// Files are looked for long before an application context can be customized.
@TestPropertySource(properties = "flyte.config-file=none")
@ExtendWith(SpringContextCheck.class)
@Repeatable(FlyteTest.Several.class)
public @interface FlyteTest {

	/**
	 * The connection that the server stands in for: a name below
	 * {@code flyte.connections}, or {@code default} for the one that {@code flyte.*}
	 * configures. Its {@code FlyteTestServer} is injected by {@code @Qualifier} with the
	 * name as well. The annotation may be repeated, once for each connection. Where each
	 * one names a connection, the others stay as they are configured; one that names none
	 * stands in for all others that are configured, the primary one included, so that
	 * none of their calls reaches a real cluster. A {@code FlyteConnection} bean that the
	 * application makes itself goes where its own settings say.
	 * @return all connections that no other annotation of the test names, unless set
	 */
	String connection() default "";

	/**
	 * Whether the server speaks TLS, with an authority that the application is told to
	 * trust.
	 * @return false unless set
	 */
	boolean tls() default false;

	/**
	 * How the application logs in.
	 * @return not at all unless set
	 */
	Auth auth() default Auth.NONE;

	/**
	 * Whether the server starts with sample projects, launch plans and executions.
	 * @return false unless set
	 */
	boolean sampleData() default false;

	/**
	 * How the application logs in.
	 */
	enum Auth {

		/**
		 * Without a token; no identity provider is started.
		 */
		NONE,

		/**
		 * With a client secret, at an identity provider in the same JVM.
		 */
		CLIENT_CREDENTIALS

	}

	/**
	 * Holds several annotations of a class.
	 */
	@Target(ElementType.TYPE)
	@Retention(RetentionPolicy.RUNTIME)
	@Documented
	@Inherited
	@TestPropertySource(properties = "flyte.config-file=none")
	@ExtendWith(SpringContextCheck.class)
	@interface Several {

		/**
		 * The annotations.
		 * @return one for each connection
		 */
		FlyteTest[] value();

	}

}
