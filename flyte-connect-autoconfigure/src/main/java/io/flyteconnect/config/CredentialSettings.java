package io.flyteconnect.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;

import io.flyteconnect.internal.config.text.Masked;
import io.flyteconnect.internal.config.text.SettingCheck;

/**
 * How a connection logs in.
 *
 * @param authMode the mode in force
 * @param clientId the configured client id, or {@code null}
 * @param clientSecret where the client secret comes from, or {@code null}
 * @param command the command that prints a token, empty if none
 * @param proxyCommand the command that prints the token for {@code proxy-authorization},
 * empty if none
 * @param scopes the configured scopes, empty to use what the server publishes
 * @param audience the configured audience, or {@code null}
 * @param tokenUrl the configured token endpoint, or {@code null} to use what the server
 * publishes
 * @param useAudienceFromAdmin whether client credentials use the audience that the server
 * publishes
 * @param authorizationHeader the metadata key of the token, or {@code null} to use what
 * the server publishes
 * @param tokenRefreshWindow how long before its end a token is renewed; zero for a share
 * of its life
 * @param commandTtl the lifetime of a command's token that does not state one itself;
 * zero to use it until the server rejects it
 * @param requestTimeout how long a request to the authorization server may take
 * @param interactive whether a person may be asked to log in
 * @param relay whether the caller's own token takes the place of the service's
 * @param issuer the issuer that the published metadata must have
 * @param pkce how a person logs in with a browser
 * @param deviceFlow how a person logs in on another device
 * @param store where the login is kept
 * @param clientAuthentication how the client secret is sent, or {@code null} for the
 * server's way
 * @since 0.1.0
 */
public record CredentialSettings(AuthMode authMode, @Nullable String clientId, @Nullable ClientSecret clientSecret,
		List<String> command, List<String> proxyCommand, List<String> scopes, @Nullable String audience,
		@Nullable URI tokenUrl, boolean useAudienceFromAdmin, @Nullable String authorizationHeader,
		Duration tokenRefreshWindow, Duration commandTtl, Duration requestTimeout, Interactive interactive,
		boolean relay, IssuerSettings issuer, PkceSettings pkce, DeviceFlowSettings deviceFlow, StoreSettings store,
		@Nullable ClientAuthentication clientAuthentication) {

	public CredentialSettings {
		command = List.copyOf(command);
		proxyCommand = List.copyOf(proxyCommand);
		scopes = List.copyOf(scopes);
	}

	@Override
	public String toString() {
		return "CredentialSettings[authMode=" + this.authMode + ", clientId=" + this.clientId + ", clientSecret="
				+ ((this.clientSecret != null) ? "from " + this.clientSecret.description() : null) + ", command="
				+ Masked.command(this.command) + ", proxyCommand=" + Masked.command(this.proxyCommand) + ", scopes="
				+ this.scopes + ", audience=" + this.audience + ", tokenUrl=" + this.tokenUrl
				+ ", useAudienceFromAdmin=" + this.useAudienceFromAdmin + ", authorizationHeader="
				+ this.authorizationHeader + ", tokenRefreshWindow=" + this.tokenRefreshWindow + ", commandTtl="
				+ this.commandTtl + ", requestTimeout=" + this.requestTimeout + ", interactive=" + this.interactive
				+ ", relay=" + this.relay + ", issuer=" + this.issuer + ", pkce=" + this.pkce + ", deviceFlow="
				+ this.deviceFlow + ", store=" + this.store + ", clientAuthentication=" + this.clientAuthentication
				+ "]";
	}

	/**
	 * Restricts the authorization servers that Flyte may name.
	 *
	 * @param uri the issuer, or {@code null} for any
	 * @param plaintext whether its endpoints may use plain HTTP although Flyte is called
	 * over TLS
	 */
	public record IssuerSettings(@Nullable URI uri, boolean plaintext) {

	}

	/**
	 * How a person logs in with a browser.
	 *
	 * @param timeout How long the person has to log in.
	 * @param refreshTime How long before its end a token of this mode is renewed.
	 * @param openBrowser Whether a browser is opened. The link is logged in any case.
	 * @param anyPort Whether a free port may stand for the one of the redirect URI, if
	 * the authorization server accepts any loopback port.
	 * @param prompt OpenID Connect's "prompt" of the authorization request, such as
	 * "consent", which some providers want before they give a refresh token.
	 */
	public record PkceSettings(@DefaultValue("2m") Duration timeout, @DefaultValue("5m") Duration refreshTime,
			@DefaultValue("true") boolean openBrowser, @DefaultValue("false") boolean anyPort,
			@Nullable String prompt) {

		public PkceSettings {
			SettingCheck.positive("timeout", timeout);
			SettingCheck.notNegative("refreshTime", refreshTime);
			prompt = StringUtils.hasText(prompt) ? prompt : null;
		}

	}

	/**
	 * How a person logs in on another device.
	 *
	 * @param timeout How long the person has to log in.
	 * @param refreshTime How long before its end a token of this mode is renewed.
	 * @param pollInterval Pause between two polls where the server names none.
	 * @param qrCode Whether the log shows the link as a QR code. Needs
	 * com.google.zxing:core on the class path.
	 */
	public record DeviceFlowSettings(@DefaultValue("10m") Duration timeout, @DefaultValue("5m") Duration refreshTime,
			@DefaultValue("5s") Duration pollInterval, @DefaultValue("false") boolean qrCode) {

		public DeviceFlowSettings {
			SettingCheck.positive("timeout", timeout);
			SettingCheck.notNegative("refreshTime", refreshTime);
			SettingCheck.positive("pollInterval", pollInterval);
		}

	}

	/**
	 * Where the login is kept.
	 *
	 * @param kind memory, database or file
	 * @param key the text that the encryption key is derived from, or {@code null} if it
	 * is not configured
	 * @param file the file of {@link TokenStore#FILE}
	 */
	public record StoreSettings(TokenStore kind, @Nullable String key, Path file) {

		@Override
		public String toString() {
			return "Store[kind=" + this.kind + ", key=" + Masked.text(this.key) + ", file=" + this.file + "]";
		}

	}

	/**
	 * Where a client secret comes from. It is read anew at each grant, so that a rotated
	 * secret is seen.
	 */
	public interface ClientSecret {

		/**
		 * Read the secret.
		 * @return the secret, without trailing line breaks and byte order mark
		 * @throws MissingClientSecretException if there is nothing at the place
		 * @throws IllegalStateException if what is there cannot be used; the message
		 * names the place and never the content
		 */
		String read();

		/**
		 * Return a fingerprint of the place without reading the secret. May take as long
		 * as the disk needs.
		 * @return a value that differs once the place holds another secret, such as the
		 * time stamp and the identity of a file; {@code null} if the secret there never
		 * changes, or the place cannot be read now
		 */
		default @Nullable Object fingerprint() {
			return null;
		}

		/**
		 * Return the environment variable that holds the secret.
		 * @return its name, or {@code null} if the secret is elsewhere
		 */
		default @Nullable String variable() {
			return null;
		}

		/**
		 * Return what kind of place holds the secret.
		 * @return {@code variable}, {@code file} or {@code property}
		 */
		default String kind() {
			return (variable() != null) ? "variable" : "property";
		}

		/**
		 * Return whether a text contains the secret that is written in the settings, or
		 * the API key that the secret is a part of. A secret of fewer than 8 characters,
		 * which a text may contain by chance, only counts if it is the whole text.
		 * @param text the text
		 * @return whether it does; {@code false} for a secret that is not in the settings
		 */
		default boolean isWritten(String text) {
			return false;
		}

		/**
		 * Describe where the secret comes from, without the secret.
		 * @return for example {@code file /etc/flyte/secret}
		 */
		String description();

	}

}
