package io.flyteconnect.config;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How a person logs in with a browser.
 *
 * @since 0.1.0
 */
public class PkceProperties {

	/**
	 * How long the person has to log in.
	 */
	private Duration timeout = Duration.ofMinutes(2);

	/**
	 * How long before its end a token of this mode is renewed.
	 */
	private Duration refreshTime = Duration.ofMinutes(5);

	/**
	 * Whether a browser is opened. The link is logged in any case.
	 */
	private boolean openBrowser = true;

	/**
	 * Whether a free port may stand for the one of the redirect URI, if the authorization
	 * server accepts any loopback port.
	 */
	private boolean anyPort;

	/**
	 * OpenID Connect's "prompt" of the authorization request, such as "consent", which
	 * some providers want before they give a refresh token.
	 */
	private @Nullable String prompt;

	public boolean isOpenBrowser() {
		return this.openBrowser;
	}

	public void setOpenBrowser(boolean openBrowser) {
		this.openBrowser = openBrowser;
	}

	public boolean isAnyPort() {
		return this.anyPort;
	}

	public void setAnyPort(boolean anyPort) {
		this.anyPort = anyPort;
	}

	public @Nullable String getPrompt() {
		return this.prompt;
	}

	public void setPrompt(@Nullable String prompt) {
		this.prompt = prompt;
	}

	public Duration getTimeout() {
		return this.timeout;
	}

	public void setTimeout(Duration timeout) {
		this.timeout = timeout;
	}

	public Duration getRefreshTime() {
		return this.refreshTime;
	}

	public void setRefreshTime(Duration refreshTime) {
		this.refreshTime = refreshTime;
	}

	@Override
	public String toString() {
		return "Pkce[timeout=" + this.timeout + ", refreshTime=" + this.refreshTime + ", openBrowser="
				+ this.openBrowser + ", anyPort=" + this.anyPort + ", prompt=" + this.prompt + "]";
	}

}
