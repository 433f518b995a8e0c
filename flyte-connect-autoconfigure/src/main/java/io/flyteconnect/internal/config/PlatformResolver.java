package io.flyteconnect.internal.config;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

import io.flyteconnect.config.ApiSettings;
import io.flyteconnect.config.Endpoint;
import io.flyteconnect.config.FlyteApi;
import io.flyteconnect.config.FlyteProtocol;
import io.flyteconnect.config.HttpProxySettings;
import io.flyteconnect.config.TlsSettings;
import io.flyteconnect.internal.config.credentials.ApiKey;
import io.flyteconnect.internal.config.origin.PropertyLookup;
import io.flyteconnect.internal.config.text.EndpointParser;
import io.flyteconnect.internal.config.text.HttpProxyParser;
import io.flyteconnect.internal.config.text.Masked;
import io.flyteconnect.internal.config.text.SettingText;
import io.flyteconnect.internal.config.text.WebAddress;
import io.flyteconnect.internal.configfile.Excerpt;
import io.flyteconnect.internal.configfile.ProcessEnvironment;

/**
 * Converts the properties of endpoint, trust, proxy and console into checked values.
 */
final class PlatformResolver {

	/** Schemes that flytekit accepts for the console, which only a browser calls. */
	private static final Pattern COMPOUND_SCHEME = Pattern.compile("^[a-zA-Z][a-zA-Z0-9+.-]*[+.-](?=https?:)");

	private final ProcessEnvironment process;

	private final PropertyLookup lookup;

	PlatformResolver(ProcessEnvironment process, PropertyLookup lookup) {
		this.process = process;
		this.lookup = lookup;
	}

	Endpoint endpoint(PlatformProperties platform, @Nullable ApiKey apiKey) {
		String text = platform.url();
		String property = "platform.url";
		if (apiKey != null) {
			text = apiKey.endpoint();
			property = "api-key";
		}
		try {
			return EndpointParser.parse((text != null) ? text : PlatformConfigFactory.DEFAULT_ENDPOINT,
					platform.insecure());
		}
		catch (IllegalArgumentException ex) {
			if (apiKey != null) {
				// If a key was cut in the wrong places, this may be a part of its secret.
				throw this.lookup.invalid(property, "The endpoint in it is no endpoint: " + ex.getMessage() + ".",
						"Set " + this.lookup.property("api-key") + " to the whole text that Flyte issued, and "
								+ this.lookup.property("platform.insecure")
								+ " to true for plaintext only. If that is so already, get a new API key.");
			}
			throw this.lookup.invalid(property,
					"'" + Excerpt.of(String.valueOf(Masked.url(text))) + "' is no endpoint: " + ex.getMessage() + ".",
					"Set " + this.lookup.property("platform.url")
							+ " to 'host' or 'host:port', for example flyte.example.com:443, and "
							+ this.lookup.property("platform.insecure") + " to true for plaintext only.");
		}
	}

	ApiSettings api(PlatformProperties platform) {
		if (platform.api() == FlyteApi.V1) {
			if (platform.protocol() == FlyteProtocol.CONNECT && this.lookup.isOwn("platform.protocol")) {
				throw this.lookup.invalid("platform.protocol",
						"Flyte 1, which " + this.lookup.describe("platform.api") + " stands for, speaks gRPC alone.",
						"Remove " + this.lookup.property("platform.protocol") + ", or set "
								+ this.lookup.property("platform.api") + " to v2 where the server is a Flyte 2.");
			}
			return ApiSettings.V1;
		}
		return new ApiSettings(platform.api(), platform.protocol());
	}

	TlsSettings tls(PlatformProperties platform) {
		return new TlsSettings(platform.insecure(), platform.insecureSkipVerify(),
				path("platform.ca-cert-file-path", platform.caCertFilePath()), SettingText.orNull(platform.sslBundle()),
				platform.caCertFileRefresh(), platform.requireTls());
	}

	HttpProxySettings httpProxy(PlatformProperties platform) {
		String url = platform.httpProxyUrl();
		if (!StringUtils.hasText(url)) {
			return new HttpProxySettings(null, platform.httpProxyScope());
		}
		try {
			return new HttpProxySettings(HttpProxyParser.parse(url), platform.httpProxyScope());
		}
		catch (IllegalArgumentException ex) {
			throw this.lookup
				.invalid("platform.http-proxy-url", "The proxy cannot be used: it " + ex.getMessage() + ".", "Set "
						+ this.lookup.property("platform.http-proxy-url")
						+ " to a URL such as http://user:password@proxy.example.com:3128, with special characters of"
						+ " user and password percent-encoded.");
		}
	}

	@Nullable URI consoleEndpoint(PlatformProperties platform) {
		String text = SettingText.orNull(platform.consoleEndpoint());
		if (text == null) {
			return null;
		}
		URI uri = WebAddress.parse(text);
		if (uri == null || !WebAddress.isUsable(COMPOUND_SCHEME.matcher(uri.toString()).replaceFirst(""))) {
			throw this.lookup.invalid("platform.console-endpoint",
					"'" + Excerpt.of(text) + "' is no address of a web page.",
					"Set " + this.lookup.property("platform.console-endpoint")
							+ " to a URL such as https://flyte.example.com/console.");
		}
		return uri;
	}

	@Nullable Path path(String name, @Nullable String text) {
		if (!StringUtils.hasText(text)) {
			return null;
		}
		try {
			return this.process.resolve(text);
		}
		catch (InvalidPathException ex) {
			throw this.lookup.invalid(name, "It is no path: " + ex.getReason() + ".", "Set "
					+ this.lookup.property(name) + " to a path; a relative one starts at the working directory.");
		}
	}

}
