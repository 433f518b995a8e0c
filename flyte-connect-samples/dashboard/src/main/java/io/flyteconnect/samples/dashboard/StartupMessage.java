package io.flyteconnect.samples.dashboard;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

import io.flyteconnect.config.PlatformConfig;

/**
 * Says where to point the browser.
 */
@Component
class StartupMessage implements ApplicationListener<ApplicationReadyEvent> {

	private static final Log logger = LogFactory.getLog(StartupMessage.class);

	private final PlatformConfig flyte;

	private final Environment environment;

	StartupMessage(PlatformConfig flyte, Environment environment) {
		this.flyte = flyte;
		this.environment = environment;
	}

	@Override
	public void onApplicationEvent(ApplicationReadyEvent event) {
		if (event.getApplicationContext() instanceof WebServerApplicationContext web && web.getWebServer() != null) {
			logger.info("The dashboard of Flyte at " + this.flyte.endpoint() + " is open: " + url(web));
		}
	}

	private String url(WebServerApplicationContext web) {
		boolean tls = this.environment.getProperty("server.ssl.enabled", Boolean.class,
				this.environment.containsProperty("server.ssl.bundle")
						|| this.environment.containsProperty("server.ssl.key-store"));
		String path = this.environment.getProperty("server.servlet.context-path", "");
		return (tls ? "https" : "http") + "://localhost:" + web.getWebServer().getPort() + path + "/";
	}

}
