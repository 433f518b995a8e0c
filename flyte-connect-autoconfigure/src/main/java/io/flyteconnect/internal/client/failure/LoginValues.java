package io.flyteconnect.internal.client.failure;

import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.CredentialSettings;
import io.flyteconnect.config.CredentialSettings.ClientSecret;
import io.flyteconnect.config.PlatformConfig.SettingOrigins;
import io.flyteconnect.internal.discovery.LoginSettings;
import io.flyteconnect.internal.discovery.ServerMetadata;
import io.flyteconnect.internal.text.SafeText;

/**
 * The values that a login is made with, in words: what each is, and which property it
 * comes from and where that is set, or that the server publishes it.
 *
 * @param credentials what is configured
 * @param origins where that is set
 * @param supplied whether a {@code FlyteTokenSupplier} takes the place of the command
 * @param published what the server publishes, or {@code null}
 */
public record LoginValues(CredentialSettings credentials, SettingOrigins origins, boolean supplied,
		@Nullable ServerMetadata published) {

	/** The place of a client secret that wins comes first. */
	private static final List<String> SECRETS = List.of("credentials.client-secret-env-var",
			"credentials.client-secret-location", "credentials.client-secret", "api-key");

	LoginValues with(@Nullable ServerMetadata metadata) {
		return new LoginValues(this.credentials, this.origins, this.supplied, metadata);
	}

	boolean isMode(AuthMode mode) {
		return this.credentials.authMode() == mode;
	}

	String scopes() {
		return text("scopes", String.join(" ", settings().scopes()), "credentials.scopes",
				!this.credentials.scopes().isEmpty());
	}

	/** Nothing where none was sent: then it is hardly the matter. */
	String audience() {
		String audience = settings().audience();
		return (audience != null)
				? text("audience", audience, "credentials.audience", this.credentials.audience() != null) : "";
	}

	/** Also where none was sent, which may be the matter. */
	String wantedAudience() {
		return text("audience", settings().audience(), "credentials.audience", this.credentials.audience() != null);
	}

	String clientId() {
		boolean ofKey = this.origins.isSet("api-key") && !this.origins.isSet("credentials.client-id");
		return text("client id", settings().clientId(), ofKey ? "api-key" : "credentials.client-id",
				this.credentials.clientId() != null);
	}

	String publicClient() {
		return clientId() + ", which has to be that of a public client, since this mode sends no secret";
	}

	String secret() {
		ClientSecret secret = this.credentials.clientSecret();
		if (secret == null || !isMode(AuthMode.CLIENT_CREDENTIALS)) {
			return "";
		}
		String place = secret.description();
		String property = SECRETS.stream()
			.filter((name) -> isPlace(place, name))
			.filter(this.origins::isSet)
			.findFirst()
			.orElse(null);
		if (property == null) {
			return "client secret (" + place + ")";
		}
		boolean direct = place.equals(this.origins.property(property));
		return "client secret of " + this.origins.describe(property) + (direct ? "" : ", " + place);
	}

	/** A property that is set to nothing is the place of no secret. */
	private boolean isPlace(String place, String name) {
		return switch (name) {
			case "credentials.client-secret-env-var" -> place.startsWith("environment variable ");
			case "credentials.client-secret-location" -> place.startsWith("file ");
			default -> place.equals(this.origins.property(name));
		};
	}

	String authentication() {
		return isMode(AuthMode.CLIENT_CREDENTIALS)
				? "way of sending it (" + this.origins.describe("credentials.client-authentication-method") + ")" : "";
	}

	String mode() {
		String mode = "mode " + this.credentials.authMode().name().toLowerCase(Locale.ROOT).replace('_', '-');
		if (this.origins.isSet("credentials.auth-mode")) {
			return mode + " of " + this.origins.describe("credentials.auth-mode");
		}
		return mode + " (" + this.origins.property("credentials.auth-mode") + ")";
	}

	String redirectUri() {
		String uri = (this.published != null) ? this.published.redirectUri() : null;
		return (isMode(AuthMode.PKCE) && uri != null) ? "redirect URI '" + SafeText.of(uri)
				+ "', which the server publishes and the client must be registered with ("
				+ this.origins.describe("credentials.pkce.any-port") + " takes any free port)" : "";
	}

	String tokenEndpoint() {
		return text("token endpoint", settings().tokenEndpoint(), "credentials.token-url",
				this.credentials.tokenUrl() != null);
	}

	String proxyCommand() {
		String property = this.origins.describe("credentials.proxy-command");
		return this.credentials.proxyCommand().isEmpty()
				? "proxy in front, if there is one: " + property + " gives its token"
				: "proxy in front, whose token comes from " + property;
	}

	String command() {
		return this.supplied ? "FlyteTokenSupplier of the application"
				: "command of " + this.origins.describe("credentials.command");
	}

	String prompt() {
		return isMode(AuthMode.PKCE)
				? "prompt that is asked for (" + this.origins.describe("credentials.pkce.prompt") + ")" : "";
	}

	private LoginSettings settings() {
		return LoginSettings.of(this.credentials, this.published);
	}

	private String text(String name, @Nullable String value, String property, boolean configured) {
		if (value == null || value.isEmpty()) {
			return name + " (none: " + this.origins.property(property) + " is not set)";
		}
		return name + " '" + SafeText.of(value) + "'" + (configured ? " of " + this.origins.describe(property)
				: ", which the server publishes (" + this.origins.property(property) + " wins over it)");
	}

}
