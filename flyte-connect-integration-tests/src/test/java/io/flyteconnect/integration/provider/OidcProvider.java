package io.flyteconnect.integration.provider;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The npm package {@code oidc-provider}, whose tokens live six seconds and whose refresh
 * tokens are good for one use.
 */
final class OidcProvider implements AutoCloseable {

	private final URI issuer;

	private final ProviderProcess process;

	OidcProvider(String redirectUri, String tokenFormat) {
		int port = ProviderProcess.freePort();
		this.issuer = URI.create("http://localhost:" + port);
		this.process = ProviderProcess.start("oidc-provider",
				Path.of("target", "providers", "oidc-provider").toAbsolutePath(), Map.of(),
				List.of("node", "server.mjs", String.valueOf(port), redirectUri, tokenFormat),
				URI.create(this.issuer + "/.well-known/openid-configuration"));
	}

	URI issuer() {
		return this.issuer;
	}

	@Override
	public void close() {
		this.process.close();
	}

}
