package io.flyteconnect.internal.libraries;

import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import io.grpc.StatusRuntimeException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.annotation.Bean;

import io.flyteconnect.FlyteAdminStub;
import io.flyteconnect.autoconfigure.FlyteAutoConfiguration;

/**
 * An application that calls Flyte once, to be started with libraries of other versions.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@ImportAutoConfiguration(FlyteAutoConfiguration.class)
public class OtherVersionsApplication {

	@Bean
	CommandLineRunner call(ObjectProvider<FlyteAdminStub> flyte) {
		return (arguments) -> {
			try {
				flyte.getObject().blocking().getVersion(GetVersionRequest.getDefaultInstance());
			}
			catch (StatusRuntimeException ex) {
				System.out.println("CALL " + ex.getMessage());
			}
		};
	}

	public static void main(String[] arguments) {
		SpringApplication application = new SpringApplication(OtherVersionsApplication.class);
		application.setLazyInitialization(Boolean.getBoolean("lazy"));
		application.run(arguments);
	}

}
