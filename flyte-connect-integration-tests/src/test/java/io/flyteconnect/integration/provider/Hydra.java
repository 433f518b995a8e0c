package io.flyteconnect.integration.provider;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * An Ory Hydra in memory, whose tokens live six seconds and whose refresh tokens are good
 * for one use. It has no pages of its own: a {@link HydraPages} shows them.
 */
final class Hydra implements AutoCloseable {

	private static final String CONFIGURATION = """
			dsn: memory
			serve:
			  public: {host: localhost, port: %d}
			  admin: {host: localhost, port: %d}
			urls:
			  self: {issuer: "%s"}
			  login: "%s/login"
			  consent: "%s/consent"
			  error: "%s/error"
			secrets: {system: ["a secret of a test on loopback"]}
			strategies: {access_token: %s}
			oauth2: {pkce: {enforced_for_public_clients: true}}
			ttl: {access_token: 6s, refresh_token: 10m}
			""";

	private final URI issuer;

	private final HydraAdministration administration;

	private final HydraPages pages;

	private final ProviderProcess process;

	/**
	 * Start a Hydra.
	 * @param redirectUri where a browser goes back to
	 * @param tokenFormat {@code jwt} or {@code opaque}
	 * @param folder where its configuration is kept
	 */
	Hydra(String redirectUri, String tokenFormat, Path folder) {
		int port = ProviderProcess.freePort();
		int adminPort = ProviderProcess.freePort();
		this.issuer = URI.create("http://localhost:" + port);
		this.administration = new HydraAdministration(URI.create("http://localhost:" + adminPort));
		this.pages = new HydraPages(this.administration);
		Path configuration = folder.resolve("hydra-" + tokenFormat + ".yml");
		try {
			Files.writeString(configuration, CONFIGURATION.formatted(port, adminPort, this.issuer, this.pages.address(),
					this.pages.address(), this.pages.address(), tokenFormat));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.process = ProviderProcess.start("hydra", Path.of("target", "providers", "hydra").toAbsolutePath(),
				Map.of("SQA_OPT_OUT", "true"),
				List.of("./hydra", "serve", "all", "--dev", "--config", configuration.toAbsolutePath().toString()),
				URI.create(this.issuer + "/.well-known/openid-configuration"));
		register(redirectUri);
		this.administration.warmUp(this.issuer);
	}

	private void register(String redirectUri) {
		this.administration.register("service", "of the service", "client_secret_basic", "");
		this.administration.register("poster", "of the poster", "client_secret_post", "");
		this.administration.register("flytectl", "", "none", redirectUri);
	}

	URI issuer() {
		return this.issuer;
	}

	HydraAdministration administration() {
		return this.administration;
	}

	@Override
	public void close() {
		this.process.close();
		this.pages.close();
	}

}
