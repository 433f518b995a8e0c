package io.flyteconnect.internal.config;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

import io.flyteconnect.config.FlyteApi;
import io.flyteconnect.config.FlyteProtocol;
import io.flyteconnect.config.HttpProxyScope;
import io.flyteconnect.internal.config.text.Masked;
import io.flyteconnect.internal.config.text.SettingCheck;

/**
 * Where Flyte is and how it is reached, as it is written: the section {@code platform} of
 * {@code flytekit/configuration/internal.py}.
 *
 * @param url Endpoint of Flyte Admin: "host", "host:port", "dns:///host:port", or
 * "https://host[:port]". Without a port, 443, or 80 when insecure.
 * @param insecure Whether to call the endpoint in plaintext.
 * @param insecureSkipVerify Whether to accept any certificate for any host name. Protects
 * against nobody who can reach the network in between.
 * @param consoleEndpoint Address of Flyte Console, for links to executions and workflows.
 * @param caCertFilePath PEM file of the certificates to trust in place of the JVM's own.
 * @param caCertFileRefresh How often the file of "flyte.platform.ca-cert-file-path" is
 * looked at again; zero to look at it only where a server is not trusted. A changed file
 * is taken without a restart.
 * @param httpProxyUrl HTTP forward proxy, such as "http://user:password@proxy:3128".
 * Where not set, the JVM's "https.proxyHost" or the environment's HTTPS_PROXY.
 * @param httpProxyScope What goes through the proxy of "flyte.platform.http-proxy-url":
 * gRPC and the HTTP requests of the login ("all"), or only the latter ("oauth"), as in
 * flytekit.
 * @param requireTls Whether to refuse every plaintext connection: to Flyte, and to the
 * endpoints of the login, on this machine as well.
 * @param api Whose API is called: that of Flyte 1 ("v1"), or that of Flyte 2 ("v2", with
 * flyte-connect-starter-v2).
 * @param protocol How calls of Flyte 2 are sent: by the Connect protocol ("connect"),
 * which any HTTP ingress passes on, or by gRPC ("grpc"). Flyte 1 speaks gRPC alone.
 * @param sslBundle Name of the SSL bundle to take trusted certificates and client
 * certificate from.
 */
public record PlatformProperties(@Nullable String url, @DefaultValue("false") Boolean insecure,
		@DefaultValue("false") Boolean insecureSkipVerify, @Nullable String consoleEndpoint,
		@Nullable String caCertFilePath, @DefaultValue("30s") Duration caCertFileRefresh, @Nullable String httpProxyUrl,
		@DefaultValue("all") HttpProxyScope httpProxyScope, @DefaultValue("false") Boolean requireTls,
		@DefaultValue("v1") FlyteApi api, @DefaultValue("connect") FlyteProtocol protocol, @Nullable String sslBundle) {

	public PlatformProperties {
		SettingCheck.notNegative("caCertFileRefresh", caCertFileRefresh);
	}

	@Override
	public String toString() {
		return "PlatformProperties[url=" + Masked.url(this.url) + ", insecure=" + this.insecure
				+ ", insecureSkipVerify=" + this.insecureSkipVerify + ", consoleEndpoint=" + this.consoleEndpoint
				+ ", caCertFilePath=" + this.caCertFilePath + ", caCertFileRefresh=" + this.caCertFileRefresh
				+ ", httpProxyUrl=" + Masked.url(this.httpProxyUrl) + ", httpProxyScope=" + this.httpProxyScope
				+ ", requireTls=" + this.requireTls + ", api=" + this.api + ", protocol=" + this.protocol
				+ ", sslBundle=" + this.sslBundle + "]";
	}

}
