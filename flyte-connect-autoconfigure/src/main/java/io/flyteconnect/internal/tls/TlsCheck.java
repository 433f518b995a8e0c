package io.flyteconnect.internal.tls;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.config.TlsSettings;
import io.flyteconnect.internal.text.SettingNames;

/**
 * What is wrong with the settings of TLS, and what is to be warned of.
 */
final class TlsCheck {

	private static final Log logger = LogFactory.getLog(TrustMaterial.class);

	private TlsCheck() {
	}

	static void check(TlsSettings tls) {
		if (tls.sslBundle() != null && tls.caCertFilePath() != null) {
			throw new InvalidFlyteConfigurationException("flyte.platform.ssl-bundle", null,
					"The SSL bundle '" + tls.sslBundle() + "' and the CA file '" + tls.caCertFilePath()
							+ "' of flyte.platform.ca-cert-file-path both say whom to trust.",
					"Remove one of them. To use both a CA and a client certificate, put the CA into the bundle.", null);
		}
	}

	static void warn(PlatformConfig config) {
		if (config.tls().insecureSkipVerify()) {
			SettingNames names = SettingNames.of(config.origins()::property);
			logger.warn(names
				.in("Flyte connection '" + config.name() + "' does not verify the certificates and host names of its"
						+ " servers (flyte.platform.insecure-skip-verify is set): anyone in between can read and change"
						+ " what is sent, tokens and secrets included"));
		}
	}

	static InvalidFlyteConfigurationException unusable(TlsSettings tls, Exception cause) {
		if (tls.sslBundle() != null) {
			return new InvalidFlyteConfigurationException("flyte.platform.ssl-bundle", null,
					"The SSL bundle '" + tls.sslBundle() + "' cannot be used: " + cause.getMessage(),
					"Correct the bundle under spring.ssl.bundle.", cause);
		}
		return new InvalidFlyteConfigurationException("flyte.platform.ca-cert-file-path", null,
				"The certificates to trust cannot be loaded: " + cause.getMessage(),
				"Check the CA file, or the trust store of the JVM where none is configured.", cause);
	}

}
