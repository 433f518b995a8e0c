package io.flyteconnect.internal.tls;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.config.PlatformConfig;

/**
 * Makes the trust material of connections, and tells it of changes of its SSL bundle.
 *
 * @since 0.1.0
 */
public final class TrustMaterials {

	private final @Nullable SslBundles bundles;

	/**
	 * Whom to tell, by the name of the bundle. A handler of a bundle stays for good, a
	 * connection need not: there is one handler for each bundle.
	 */
	private final Map<String, List<Reference<TrustMaterial>>> users = new HashMap<>();

	/**
	 * Create it.
	 * @param bundles the SSL bundles that settings may name, or {@code null} if there are
	 * none
	 */
	public TrustMaterials(@Nullable SslBundles bundles) {
		this.bundles = bundles;
	}

	/**
	 * Create the trust material of a connection. Writes one warning where nothing is to
	 * be verified.
	 * @param config the settings
	 * @return the trust material
	 * @throws InvalidFlyteConfigurationException if the CA file or SSL bundle that the
	 * settings name is not there or cannot be used
	 */
	public TrustMaterial of(PlatformConfig config) {
		TlsCheck.warn(config);
		String name = config.tls().sslBundle();
		if (name == null) {
			return TrustMaterial.of(config.name(), config.tls(), null);
		}
		SslBundles known = this.bundles;
		try {
			if (known == null) {
				throw new NoSuchSslBundleException(name, "No SSL bundles are known here");
			}
			TrustMaterial trust = TrustMaterial.of(config.name(), config.tls(), known.getBundle(name));
			follow(known, name, trust);
			return trust;
		}
		catch (NoSuchSslBundleException ex) {
			throw new InvalidFlyteConfigurationException("flyte.platform.ssl-bundle", null,
					"There is no SSL bundle named '" + name + "'.", "Define spring.ssl.bundle.pem." + name
							+ " or spring.ssl.bundle.jks." + name + ", or name a bundle that exists.",
					ex);
		}
	}

	private synchronized void follow(SslBundles bundles, String name, TrustMaterial trust) {
		List<Reference<TrustMaterial>> users = this.users.get(name);
		if (users == null) {
			users = new ArrayList<>();
			this.users.put(name, users);
			bundles.addBundleUpdateHandler(name, (changed) -> update(name, changed));
		}
		users.removeIf((user) -> user.get() == null);
		users.add(new WeakReference<>(trust));
	}

	private void update(String name, SslBundle changed) {
		users(name).forEach((user) -> user.update(changed));
	}

	private synchronized List<TrustMaterial> users(String name) {
		return this.users.getOrDefault(name, List.of()).stream().map(Reference::get).filter(Objects::nonNull).toList();
	}

}
