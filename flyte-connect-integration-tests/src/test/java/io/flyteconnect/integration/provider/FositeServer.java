package io.flyteconnect.integration.provider;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * An authorization server that is made as flyteadmin's own is, of Ory Fosite: its
 * endpoints, clients and scopes, with JSON Web Tokens as codes and refresh tokens. Its
 * access tokens live six seconds.
 */
final class FositeServer implements AutoCloseable {

	private final URI address;

	private final ProviderProcess process;

	FositeServer(String redirectUri) {
		int port = ProviderProcess.freePort();
		this.address = URI.create("http://localhost:" + port);
		this.process = ProviderProcess.start("fosite", Path.of("target", "providers", "fosite").toAbsolutePath(),
				Map.of(), List.of("./server", String.valueOf(port), redirectUri),
				URI.create(this.address + "/oauth2/jwks"));
	}

	/**
	 * What flyteadmin publishes of its own server.
	 */
	Discovery discovery() {
		return new Discovery(Map.of("issuer", this.address.toString(), "authorization_endpoint",
				this.address + "/oauth2/authorize", "token_endpoint", this.address + "/oauth2/token", "jwks_uri",
				this.address + "/oauth2/jwks", "scopes_supported", List.of("all"), "response_types_supported",
				List.of("code", "token", "code token"), "grant_types_supported",
				List.of("client_credentials", "refresh_token", "authorization_code"),
				"code_challenge_methods_supported", List.of("S256"), "token_endpoint_auth_methods_supported",
				List.of("client_secret_basic")));
	}

	@Override
	public void close() {
		this.process.close();
	}

}
