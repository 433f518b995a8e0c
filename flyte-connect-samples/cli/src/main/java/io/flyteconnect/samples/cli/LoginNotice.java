package io.flyteconnect.samples.cli;

import java.io.PrintWriter;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import tools.jackson.databind.json.JsonMapper;

import io.flyteconnect.login.FlyteBrowserLoginEvent;
import io.flyteconnect.login.FlyteDeviceLoginEvent;

/**
 * Asks a person to log in by an object on a line of its own, at once, where the standard
 * error is to be JSON.
 */
final class LoginNotice implements ApplicationListener<ApplicationEvent> {

	private final PrintWriter err;

	LoginNotice(PrintWriter err) {
		this.err = err;
	}

	@Override
	public void onApplicationEvent(ApplicationEvent event) {
		Object payload = (event instanceof PayloadApplicationEvent<?> carrier) ? carrier.getPayload() : event;
		if (payload instanceof FlyteBrowserLoginEvent browser) {
			write(browser.link(), null, browser.expiresAt());
		}
		else if (payload instanceof FlyteDeviceLoginEvent device) {
			URI complete = device.verificationUriComplete();
			write((complete != null) ? complete : device.verificationUri(), device.userCode(), device.expiresAt());
		}
	}

	private void write(URI link, @Nullable String code, Instant until) {
		Map<String, String> login = new LinkedHashMap<>();
		login.put("link", link.toString());
		if (code != null) {
			login.put("userCode", code);
		}
		login.put("expiresAt", until.toString());
		this.err.println(JsonMapper.shared().writeValueAsString(Map.of("login", login)));
		this.err.flush();
	}

}
