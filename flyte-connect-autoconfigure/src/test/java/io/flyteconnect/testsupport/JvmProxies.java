package io.flyteconnect.testsupport;

import java.net.ProxySelector;
import java.util.HashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The proxies of this JVM, for tests that run alone and clear up after themselves.
 */
public final class JvmProxies {

	private static final ProxySelector SELECTOR = ProxySelector.getDefault();

	private static final Set<String> PROPERTIES = new HashSet<>();

	private JvmProxies() {
	}

	/**
	 * Set a system property.
	 * @param name the name
	 * @param value the value, or {@code null} for none
	 */
	public static void set(String name, @Nullable String value) {
		PROPERTIES.add(name);
		if (value != null) {
			System.setProperty(name, value);
		}
		else {
			System.clearProperty(name);
		}
	}

	/**
	 * Install a selector as an application does.
	 * @param selector the selector, or {@code null} for none
	 */
	public static void install(@Nullable ProxySelector selector) {
		ProxySelector.setDefault(selector);
	}

	/**
	 * Take everything back.
	 */
	public static void clear() {
		PROPERTIES.forEach(System::clearProperty);
		PROPERTIES.clear();
		ProxySelector.setDefault(SELECTOR);
	}

}
