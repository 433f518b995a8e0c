package io.flyteconnect.internal.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.config.AuthMode;
import io.flyteconnect.config.CredentialSettings.StoreSettings;
import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.config.TokenStore;

/**
 * Which connections keep their login in a file, so that no two of them share one: the
 * login of one would take the place of the other's, again and again.
 *
 * @since 0.1.0
 */
public final class StoreFileUsers {

	private static final String STORE_FILE = "credentials.store-file";

	private final Map<Object, PlatformConfig> users = new LinkedHashMap<>();

	/**
	 * Take a file for as long as the settings are in force.
	 * @param user the one who has the settings, and may have had others
	 * @param config the settings
	 * @param action what takes them over
	 * @param <T> the type of its result
	 * @return its result
	 * @throws InvalidFlyteConfigurationException if a connection of another name has the
	 * file; then, and if the action fails, what the user had stays
	 */
	public <T> T take(Object user, PlatformConfig config, Supplier<T> action) {
		PlatformConfig before;
		synchronized (this.users) {
			before = this.users.get(user);
			check(config, this.users.values());
			this.users.put(user, config);
		}
		boolean done = false;
		try {
			T result = action.get();
			done = true;
			return result;
		}
		finally {
			if (!done) {
				restore(user, before);
			}
		}
	}

	/**
	 * Give back the file that somebody has, if any.
	 * @param user the one who has it
	 */
	public void end(Object user) {
		restore(user, null);
	}

	private void restore(Object user, @Nullable PlatformConfig before) {
		synchronized (this.users) {
			if (before != null) {
				this.users.put(user, before);
			}
			else {
				this.users.remove(user);
			}
		}
	}

	/**
	 * Make sure that no other connection keeps its login in the same file.
	 * @param config the settings of one
	 * @param others those of all; those of the same name do not count
	 * @throws InvalidFlyteConfigurationException if one does
	 */
	public static void check(PlatformConfig config, Collection<PlatformConfig> others) {
		Path file = file(config);
		if (file == null) {
			return;
		}
		for (PlatformConfig other : others) {
			if (!other.name().equals(config.name()) && file.equals(file(other))) {
				throw new InvalidFlyteConfigurationException(config.origins().property(STORE_FILE),
						config.origins().origin(STORE_FILE),
						"The Flyte connections '" + other.name() + "' and '" + config.name()
								+ "' both keep their login in " + config.credentials().store().file()
								+ ", where there is room for one.",
						"Set another file for one of them, or remove " + config.origins().property(STORE_FILE) + " and "
								+ other.origins().property(STORE_FILE) + ": each has a file of its own then.",
						null);
			}
		}
	}

	private static @Nullable Path file(PlatformConfig config) {
		StoreSettings store = config.credentials().store();
		if (store.kind() != TokenStore.FILE || config.credentials().authMode() == AuthMode.NONE) {
			return null;
		}
		Path file = store.file().toAbsolutePath().normalize();
		Path folder = file.getParent();
		try {
			return (folder != null) ? folder.toRealPath().resolve(file.getFileName()) : file;
		}
		catch (IOException ex) {
			// It is not there yet.
			return file;
		}
	}

}
