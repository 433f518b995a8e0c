package io.flyteconnect.internal.discovery;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.config.CredentialSettings;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.internal.config.text.PlaintextUrl;
import io.flyteconnect.internal.config.text.WebAddress;
import io.flyteconnect.internal.text.SafeText;
import io.flyteconnect.internal.text.SettingNames;
import io.flyteconnect.login.LoginException;

/**
 * Checks the published endpoints before a login sends a secret to them. The response of
 * Flyte Admin names them, and a forged or wrong response must not obtain the secret.
 */
public class PublishedEndpoints {

	private static final Log logger = LogFactory.getLog(PublishedEndpoints.class);

	private final String connection;

	private final SettingNames names;

	private final CredentialSettings credentials;

	private final boolean tls;

	private final boolean tlsRequired;

	private final AtomicBoolean warned = new AtomicBoolean();

	/** The plaintext endpoints that a warning was logged for. */
	private final Set<String> plaintext = ConcurrentHashMap.newKeySet();

	public PublishedEndpoints(PlatformConfig config) {
		this.connection = config.name();
		this.names = SettingNames.of(config.origins()::property);
		this.credentials = config.credentials();
		this.tls = !config.tls().insecure();
		this.tlsRequired = config.tls().requireTls();
	}

	/**
	 * Check that the metadata belong to the configured issuer, and log a warning if they
	 * name several hosts.
	 * @param published what the server publishes
	 * @throws LoginException if they are of another issuer
	 */
	public void check(@Nullable ServerMetadata published) {
		URI wanted = this.credentials.issuer().uri();
		if (wanted != null) {
			checkIssuer(published, wanted);
		}
		if (published == null) {
			return;
		}
		String host = host(published.issuer());
		Map<String, String> others = hosts(published);
		others.values().removeIf((other) -> other.equals(host));
		if (host == null || others.isEmpty()) {
			return;
		}
		String what = others.entrySet()
			.stream()
			.map((other) -> "the " + other.getKey() + " is on " + SafeText.of(other.getValue()))
			.collect(Collectors.joining(", "));
		if (wanted != null) {
			throw LoginException.credentials("the server publishes the issuer " + SafeText.of(published.issuer())
					+ ", but " + what + "; as flyte.credentials.issuer is set, that is refused:"
					+ " set flyte.credentials.token-url as well, or remove it", null);
		}
		if (this.warned.compareAndSet(false, true)) {
			logger.warn(this.names.in("Flyte connection '" + this.connection + "': the server publishes the issuer "
					+ SafeText.of(published.issuer()) + ", but " + what
					+ ". If that is not what it should be, set flyte.credentials.token-url or"
					+ " flyte.credentials.issuer, which are held to"));
		}
	}

	private void checkIssuer(@Nullable ServerMetadata published, URI wanted) {
		String issuer = (published != null) ? published.issuer() : null;
		if (issuer == null || !withoutSlash(issuer).equals(withoutSlash(wanted.toString()))) {
			throw LoginException.credentials("flyte.credentials.issuer is " + wanted + ", but the server publishes "
					+ ((issuer != null) ? "the issuer " + SafeText.of(issuer) : "no issuer"), null);
		}
	}

	private static String withoutSlash(String issuer) {
		return issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
	}

	/** The endpoints that this login uses. */
	private Map<String, String> hosts(ServerMetadata published) {
		Map<String, String> hosts = new LinkedHashMap<>();
		if (this.credentials.tokenUrl() == null) {
			hosts.put("token endpoint", Objects.requireNonNullElse(host(published.tokenEndpoint()), ""));
		}
		switch (this.credentials.authMode()) {
			case PKCE -> hosts.put("authorization endpoint",
					Objects.requireNonNullElse(host(published.authorizationEndpoint()), ""));
			case DEVICE_FLOW -> hosts.put("device authorization endpoint",
					Objects.requireNonNullElse(host(published.deviceAuthorizationEndpoint()), ""));
			case EXTERNAL_COMMAND, NONE -> hosts.clear();
			default -> {
			}
		}
		hosts.values().removeIf(String::isEmpty);
		return hosts;
	}

	private static @Nullable String host(@Nullable String uri) {
		try {
			String host = (uri != null) ? URI.create(uri).getHost() : null;
			return (host != null) ? host.toLowerCase(Locale.ROOT) : null;
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	/**
	 * Check that a secret can be sent to an endpoint.
	 * @param endpoint the endpoint
	 * @param name what it is
	 * @param remedy what helps where nothing can be sent there
	 * @return the endpoint
	 * @throws LoginException if it is not an address, or would expose the secret
	 */
	public String requireSafe(String endpoint, String name, String remedy) {
		if (!WebAddress.isUsable(endpoint)) {
			throw LoginException.credentials("the " + name + " '" + SafeText.of(WebAddress.masked(endpoint))
					+ "' that the server publishes is no address of http or https with a host and a port; " + remedy,
					null);
		}
		boolean encrypted = endpoint.regionMatches(true, 0, "https:", 0, 6);
		if (this.tlsRequired && !encrypted) {
			throw LoginException.credentials("the " + name + " " + SafeText.of(WebAddress.masked(endpoint))
					+ " that the server publishes is in plaintext, which flyte.platform.require-tls refuses, so nothing"
					+ " was sent there. Let the server publish an address with https, or set"
					+ " flyte.credentials.token-url to one", null);
		}
		if (this.tls && !this.credentials.issuer().plaintext() && !PlaintextUrl.isSafe(endpoint)) {
			throw LoginException.credentials("the " + name + " " + SafeText.of(endpoint)
					+ " that the server publishes is no address with https, although Flyte is called over TLS: secrets"
					+ " would cross the network for everybody to read, so nothing was sent there. Let the server publish"
					+ " an address with https, set flyte.credentials.token-url to one, or allow this one by"
					+ " flyte.credentials.allow-insecure-token-url=true", null);
		}
		if (this.tls && !this.credentials.issuer().plaintext() && !encrypted
				&& !endpoint.equals(String.valueOf(this.credentials.tokenUrl())) && this.plaintext.add(name)) {
			logger.warn(this.names.in("Flyte connection '" + this.connection + "': the " + name + " "
					+ SafeText.of(WebAddress.masked(endpoint))
					+ " that the server publishes is in plaintext, although Flyte is called over TLS. It is on this"
					+ " machine, so no network sees what is sent there, but whoever listens there does. If that is not"
					+ " what it should be, set flyte.credentials.token-url, else say so by"
					+ " flyte.credentials.allow-insecure-token-url=true"));
		}
		return endpoint;
	}

}
