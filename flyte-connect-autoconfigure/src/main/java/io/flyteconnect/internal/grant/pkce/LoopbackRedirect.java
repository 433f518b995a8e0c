package io.flyteconnect.internal.grant.pkce;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

import io.flyteconnect.login.PersonLoginException;

/**
 * Where the browser comes back to: the redirect URI that the server publishes, or the
 * same with a free port.
 *
 * @param anyPort whether a free port may stand for the published one (RFC 8252 section
 * 7.3)
 */
record LoopbackRedirect(boolean anyPort) {

	private static final int ATTEMPTS = 10;

	/**
	 * Open the server that the browser comes back to. Where any port will do, a port that
	 * is taken at one address of localhost, or that somebody else was faster to take, is
	 * no obstacle.
	 * @param opener opens it at a redirect URI
	 * @param published the redirect URI that the server has registered
	 * @return the server
	 */
	CallbackServer open(Function<URI, CallbackServer> opener, URI published) {
		for (int attempt = 1;; attempt++) {
			try {
				return opener.apply(redirectUri(published));
			}
			catch (PersonLoginException ex) {
				if (!this.anyPort || !CallbackServer.PORT_TAKEN.equals(ex.getError().getErrorCode())) {
					throw ex;
				}
				if (attempt == ATTEMPTS) {
					throw new PersonLoginException(CallbackServer.PORT_TAKEN,
							"no port was found that is free at all loopback addresses, in " + ATTEMPTS + " attempts",
							ex);
				}
			}
		}
	}

	/**
	 * Return where the browser comes back to.
	 * @param published the redirect URI that the server has registered
	 * @return that URI, or the same with a free port
	 */
	URI redirectUri(URI published) {
		if (!"http".equals(published.getScheme()) || !isLoopback(published.getHost())
				|| published.getPort() < 0 && !this.anyPort) {
			throw new PersonLoginException("unusable_redirect_uri",
					"the redirect URI " + published
							+ " that the server publishes is no http://localhost:<port> address; set"
							+ " flyte.credentials.pkce.any-port=true if the server accepts any loopback port",
					null);
		}
		if (!this.anyPort) {
			return published;
		}
		try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return UriComponentsBuilder.fromUri(published).port(free.getLocalPort()).build().toUri();
		}
		catch (IOException ex) {
			throw new PersonLoginException("callback_failed", "no free loopback port was found", ex);
		}
	}

	// Names but localhost are for a resolver to decide on (RFC 8252 section 8.3).
	static boolean isLoopback(@Nullable String host) {
		return host != null
				&& ("localhost".equalsIgnoreCase(host) || "[::1]".equals(host) || host.matches("127(\\.\\d{1,3}){3}"));
	}

}
