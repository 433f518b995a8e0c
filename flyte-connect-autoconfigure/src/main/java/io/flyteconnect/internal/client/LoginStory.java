package io.flyteconnect.internal.client;

import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.discovery.LoginSettings;
import io.flyteconnect.internal.discovery.ServerMetadata;
import io.flyteconnect.internal.text.SafeText;
import io.flyteconnect.internal.text.SettingNames;
import io.flyteconnect.internal.token.AccessToken;

/**
 * Tells in the log how a login goes: what Flyte publishes, what is used of it, and when
 * the token ends. Never a token or a secret.
 */
final class LoginStory {

	private static final Log logger = LogFactory.getLog(LoginStory.class);

	private final String login;

	private final boolean person;

	private final SettingNames names;

	private final AtomicBoolean clientNoticed = new AtomicBoolean();

	LoginStory(String login, boolean person, SettingNames names) {
		this.login = login;
		this.person = person;
		this.names = names;
	}

	/**
	 * It is known what to ask whom for.
	 */
	void begins(LoginSettings settings, @Nullable ServerMetadata published) {
		noticeClient(settings, published);
		if (logger.isDebugEnabled()) {
			logger.debug(this.login + " begins: "
					+ ((published != null) ? "Flyte publishes the issuer " + text(published.issuer())
							+ " and the token endpoint " + text(published.tokenEndpoint())
							: "Flyte publishes nothing about it"));
			logger.debug(this.login + " uses the token endpoint " + text(settings.tokenEndpoint()) + ", the client id "
					+ text(settings.clientId()) + ", the scopes " + text(String.join(" ", settings.scopes()))
					+ " and the audience " + text(settings.audience()));
		}
	}

	private void noticeClient(LoginSettings settings, @Nullable ServerMetadata published) {
		String other = (published != null && this.person) ? published.clientId() : null;
		if (other != null && !other.equals(settings.clientId()) && this.clientNoticed.compareAndSet(false, true)) {
			logger.info(this.names.in(this.login + " uses the configured client id '" + SafeText.of(settings.clientId())
					+ "' (flyte.credentials.client-id), where the server publishes '" + SafeText.of(other) + "'"));
		}
	}

	/**
	 * There is a token.
	 */
	void ends(AccessToken token, String header) {
		if (logger.isDebugEnabled()) {
			logger.debug(this.login + " ended well: the token goes out under '" + header + "' and is good "
					+ ((token.end() != null) ? "until " + token.end() : "until it is refused"));
		}
	}

	private static String text(@Nullable String text) {
		return (text == null || text.isEmpty()) ? "(none)" : SafeText.of(text);
	}

}
