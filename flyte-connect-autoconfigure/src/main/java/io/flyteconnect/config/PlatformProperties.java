package io.flyteconnect.config;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.config.text.Masked;

/**
 * Where Flyte is and how it is reached: the section {@code platform} of
 * {@code flytekit/configuration/internal.py}.
 *
 * @since 0.1.0
 */
public class PlatformProperties {

	/**
	 * Endpoint of Flyte Admin: "host", "host:port", "dns:///host:port", or
	 * "https://host[:port]". Without a port, 443, or 80 when insecure.
	 */
	private @Nullable String url;

	/**
	 * Whether to call the endpoint in plaintext.
	 */
	private Boolean insecure = false;

	/**
	 * Whether to accept any certificate for any host name. Protects against nobody who
	 * can reach the network in between.
	 */
	private Boolean insecureSkipVerify = false;

	/**
	 * Address of Flyte Console, for links to executions and workflows.
	 */
	private @Nullable String consoleEndpoint;

	/**
	 * PEM file of the certificates to trust in place of the JVM's own.
	 */
	private @Nullable String caCertFilePath;

	/**
	 * HTTP forward proxy, such as "http://user:password@proxy:3128". Where not set, the
	 * JVM's "https.proxyHost" or the environment's HTTPS_PROXY.
	 */
	private @Nullable String httpProxyUrl;

	/**
	 * What goes through the proxy of "flyte.platform.http-proxy-url": gRPC and the HTTP
	 * requests of the login ("all"), or only the latter ("oauth"), as in flytekit.
	 */
	private HttpProxyScope httpProxyScope = HttpProxyScope.ALL;

	/**
	 * Name of the SSL bundle to take trusted certificates and client certificate from.
	 */
	private @Nullable String sslBundle;

	public @Nullable String getUrl() {
		return this.url;
	}

	public void setUrl(@Nullable String url) {
		this.url = url;
	}

	public Boolean getInsecure() {
		return this.insecure;
	}

	public void setInsecure(@Nullable Boolean insecure) {
		this.insecure = Boolean.TRUE.equals(insecure);
	}

	public Boolean getInsecureSkipVerify() {
		return this.insecureSkipVerify;
	}

	public void setInsecureSkipVerify(@Nullable Boolean insecureSkipVerify) {
		this.insecureSkipVerify = Boolean.TRUE.equals(insecureSkipVerify);
	}

	public @Nullable String getConsoleEndpoint() {
		return this.consoleEndpoint;
	}

	public void setConsoleEndpoint(@Nullable String consoleEndpoint) {
		this.consoleEndpoint = consoleEndpoint;
	}

	public @Nullable String getCaCertFilePath() {
		return this.caCertFilePath;
	}

	public void setCaCertFilePath(@Nullable String caCertFilePath) {
		this.caCertFilePath = caCertFilePath;
	}

	public @Nullable String getHttpProxyUrl() {
		return this.httpProxyUrl;
	}

	public void setHttpProxyUrl(@Nullable String httpProxyUrl) {
		this.httpProxyUrl = httpProxyUrl;
	}

	public HttpProxyScope getHttpProxyScope() {
		return this.httpProxyScope;
	}

	public void setHttpProxyScope(HttpProxyScope httpProxyScope) {
		this.httpProxyScope = httpProxyScope;
	}

	public @Nullable String getSslBundle() {
		return this.sslBundle;
	}

	public void setSslBundle(@Nullable String sslBundle) {
		this.sslBundle = sslBundle;
	}

	@Override
	public String toString() {
		return "PlatformProperties[url=" + Masked.url(this.url) + ", insecure=" + this.insecure
				+ ", insecureSkipVerify=" + this.insecureSkipVerify + ", consoleEndpoint=" + this.consoleEndpoint
				+ ", caCertFilePath=" + this.caCertFilePath + ", httpProxyUrl=" + Masked.url(this.httpProxyUrl)
				+ ", httpProxyScope=" + this.httpProxyScope + ", sslBundle=" + this.sslBundle + "]";
	}

}
