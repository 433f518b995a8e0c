package io.flyteconnect.internal.tls;

import java.util.Arrays;

import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;

import io.flyteconnect.internal.tls.ca.TrustSource;

/**
 * The managers of an SSL context that can be exchanged while it is in use.
 */
final class ReloadedManagers {

	private ReloadedManagers() {
	}

	/**
	 * Make trust managers exchangeable.
	 * @param managers the first ones
	 * @param source where they come from
	 * @return managers that ask those of the time
	 */
	static TrustManager[] of(TrustManager[] managers, TrustSource source) {
		// Around any other kind of trust manager the JDK checks host names itself, and
		// would not around this one.
		return Arrays.stream(managers)
			.map((manager) -> (manager instanceof X509ExtendedTrustManager extended)
					? new ReloadedTrust(extended, source) : manager)
			.toArray(TrustManager[]::new);
	}

	/**
	 * Make the key managers of an SSL bundle exchangeable.
	 * @param bundle the bundle, or {@code null}
	 * @return managers that ask those of the time, or {@code null} without a bundle
	 */
	static KeyManager @Nullable [] keysOf(@Nullable SslBundle bundle) {
		if (bundle == null) {
			return null;
		}
		return Arrays.stream(bundle.getManagers().getKeyManagers())
			.map((manager) -> (manager instanceof X509ExtendedKeyManager extended) ? new ReloadedKeys(extended)
					: manager)
			.toArray(KeyManager[]::new);
	}

	/**
	 * Use other managers from the next connection on.
	 * @param reloaded the exchangeable ones
	 * @param next what they are to ask, in the same order
	 */
	static void exchange(Object[] reloaded, Object[] next) {
		for (int i = 0; i < Math.min(reloaded.length, next.length); i++) {
			if (reloaded[i] instanceof ReloadedTrust trust && next[i] instanceof X509ExtendedTrustManager manager) {
				trust.use(manager);
			}
			if (reloaded[i] instanceof ReloadedKeys keys && next[i] instanceof X509ExtendedKeyManager manager) {
				keys.use(manager);
			}
		}
	}

}
