package io.flyteconnect.testsupport;

import java.util.List;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

/**
 * A token endpoint that hands out one and the same token and notes who asked.
 */
public final class TokenServer implements AutoCloseable {

	private final WireMockServer server = new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));

	/**
	 * Start a server.
	 * @param token the token that it hands out
	 */
	public TokenServer(String token) {
		this.server.start();
		this.server.stubFor(post("/token")
			.willReturn(okJson("{\"access_token\":\"" + token + "\",\"token_type\":\"Bearer\",\"expires_in\":3600}")
				.withFixedDelay(100)));
	}

	public int port() {
		return this.server.port();
	}

	/**
	 * Return what was asked for.
	 * @return the requests for tokens
	 */
	public List<LoggedRequest> requests() {
		return this.server.findAll(postRequestedFor(anyUrl()));
	}

	@Override
	public void close() {
		this.server.stop();
	}

}
