package io.flyteconnect.integration.provider;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The Python package {@code django-oauth-toolkit}, whose tokens live twelve seconds.
 */
final class DjangoOAuthToolkit implements AutoCloseable {

	private final URI address;

	private final ProviderProcess process;

	DjangoOAuthToolkit(String redirectUri, Path folder) {
		int port = ProviderProcess.freePort();
		this.address = URI.create("http://localhost:" + port);
		Path home = Path.of("target", "providers", "django-oauth-toolkit").toAbsolutePath();
		this.process = ProviderProcess.start(
				"django-oauth-toolkit", home, Map.of(), List.of("venv/bin/python", "server.py", String.valueOf(port),
						redirectUri, folder.resolve("database").toString()),
				URI.create(this.address + "/admin/login/"));
	}

	/**
	 * What it offers: by itself it publishes no metadata without OpenID Connect.
	 */
	Discovery discovery() {
		return new Discovery(Map.of("issuer", this.address + "/o", "authorization_endpoint",
				this.address + "/o/authorize/", "token_endpoint", this.address + "/o/token/", "introspection_endpoint",
				this.address + "/o/introspect/"));
	}

	@Override
	public void close() {
		this.process.close();
	}

}
