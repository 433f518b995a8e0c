package io.flyteconnect.integration.connection;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;

import io.flyteconnect.login.FlyteBrowserLoginEvent;
import io.flyteconnect.login.FlyteDeviceLoginEvent;
import io.flyteconnect.test.FlyteTestServer;
import io.flyteconnect.testsupport.TestHttp;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A person who logs in whenever the application asks for it: fills in the forms of the
 * test's identity provider over HTTP, and follows each redirect as a browser does. Each
 * login is that of a browser without cookies.
 */
public final class Person implements ApplicationListener<PayloadApplicationEvent<?>>, AutoCloseable {

	private static final String[] BROWSER = { "Accept", "text/html" };

	private final FlyteTestServer server;

	private final boolean tls;

	private final ExecutorService browser = Executors.newSingleThreadExecutor();

	/**
	 * Create a person.
	 * @param server the server whose login it is
	 * @param tls whether the server has certificates, which are to be trusted
	 */
	public Person(FlyteTestServer server, boolean tls) {
		this.server = server;
		this.tls = tls;
	}

	@Override
	public void onApplicationEvent(PayloadApplicationEvent<?> event) {
		if (event.getPayload() instanceof FlyteBrowserLoginEvent login) {
			// The last page is answered only when the application has its token.
			this.browser.execute(() -> logIn(login.link()));
		}
		else if (event.getPayload() instanceof FlyteDeviceLoginEvent login) {
			// Before the application polls for the first time.
			confirm(login);
		}
	}

	private void logIn(URI link) {
		assertThat(logIn(http(), link).body()).contains("You are logged in to Flyte");
	}

	private void confirm(FlyteDeviceLoginEvent login) {
		TestHttp http = http();
		URI link = login.verificationUriComplete();
		assertThat(link).isNotNull();
		assertThat(TestHttp.input(logIn(http, link).body(), "user_code")).isEqualTo(login.userCode());
		URI confirmation = link.resolve("/oauth2/device_verification");
		String consent = http.get(URI.create(confirmation + "?user_code=" + login.userCode()), BROWSER).body();
		String done = http
			.post(confirmation, Map.of("client_id", "flytectl", "state", TestHttp.input(consent, "state"), "user_code",
					login.userCode(), "scope", "all"), BROWSER)
			.body();
		assertThat(done).contains("The device is logged in");
	}

	private HttpResponse<String> logIn(TestHttp http, URI link) {
		HttpResponse<String> form = http.get(link, BROWSER);
		return http.post(form.uri(),
				Map.of("username", "user", "password", "password", "_csrf", TestHttp.input(form.body(), "_csrf")),
				BROWSER);
	}

	private TestHttp http() {
		HttpClient.Builder client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS);
		return new TestHttp(this.tls ? client.sslContext(this.server.certificates().clientContext()) : client);
	}

	@Override
	public void close() {
		this.browser.shutdownNow();
	}

}
