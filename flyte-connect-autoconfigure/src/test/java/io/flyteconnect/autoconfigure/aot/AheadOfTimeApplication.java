package io.flyteconnect.autoconfigure.aot;

import javax.sql.DataSource;

import org.h2.jdbcx.JdbcDataSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.grpc.client.autoconfigure.GrpcClientAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.NestedExceptionUtils;

import io.flyteconnect.FlyteConnection;
import io.flyteconnect.autoconfigure.FlyteAutoConfiguration;
import io.flyteconnect.autoconfigure.execution.FlyteExecutionAutoConfiguration;
import io.flyteconnect.autoconfigure.secret.FlyteSecretsAutoConfiguration;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.identity.AuthRole;

/**
 * An application that is processed ahead of time, and says what is in force when it runs:
 * once for each argument, which holds the arguments of a run.
 */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({ FlyteAutoConfiguration.class, FlyteSwitchedOffAutoConfiguration.class,
		FlyteExecutionAutoConfiguration.class, FlyteSecretsAutoConfiguration.class, GrpcClientAutoConfiguration.class,
		SslAutoConfiguration.class })
public class AheadOfTimeApplication {

	@Bean
	DataSource dataSource() {
		JdbcDataSource dataSource = new JdbcDataSource();
		dataSource.setUrl("jdbc:h2:mem:aot");
		return dataSource;
	}

	public static void main(String[] runs) {
		for (String run : runs) {
			SpringApplication application = new SpringApplication(AheadOfTimeApplication.class);
			application.setWebApplicationType(WebApplicationType.NONE);
			application.setMainApplicationClass(AheadOfTimeApplication.class);
			try (ConfigurableApplicationContext context = application.run(run.split(" "))) {
				System.out.println("RUN " + describe(context));
			}
			catch (SpringApplication.AbandonedRunException ex) {
				// Being processed.
				throw ex;
			}
			catch (RuntimeException ex) {
				System.out.println("RUN failed: "
						+ String.valueOf(NestedExceptionUtils.getMostSpecificCause(ex)).replaceAll("\\s+", " "));
			}
		}
	}

	private static String describe(ConfigurableApplicationContext context) {
		if (context.getBeanProvider(FlyteConnection.class).stream().findAny().isEmpty()) {
			return "switched off";
		}
		PlatformConfig config = context.getBean(FlyteConnection.class).config();
		return config.endpoint() + " " + config.credentials().authMode() + " " + config.credentials().clientId() + " "
				+ config.credentials().store().kind() + " " + context.getBeanProvider(AuthRole.class).getIfAvailable();
	}

}
