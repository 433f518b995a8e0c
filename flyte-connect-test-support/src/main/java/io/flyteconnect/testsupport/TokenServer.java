package io.flyteconnect.testsupport;

import java.util.List;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

/**
 * A token endpoint that hands out tokens it is given and notes who asked.
 */
public final class TokenServer implements AutoCloseable {

	private final WireMockServer server = new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));

	/**
	 * Start a server.
	 * @param tokens the tokens that it hands out, one after the other, the last one again
	 * and again
	 */
	public TokenServer(String... tokens) {
		this.server.start();
		for (int i = 0; i < tokens.length; i++) {
			this.server.stubFor(post("/token").inScenario("tokens")
				.whenScenarioStateIs((i > 0) ? "token " + i : Scenario.STARTED)
				.willSetStateTo((tokens.length > 1) ? "token " + Math.min(i + 1, tokens.length - 1) : Scenario.STARTED)
				.willReturn(
						okJson("{\"access_token\":\"" + tokens[i] + "\",\"token_type\":\"Bearer\",\"expires_in\":3600}")
							.withFixedDelay(100)));
		}
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
