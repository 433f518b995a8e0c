package io.flyteconnect.internal.store;

import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.encrypt.TextEncryptor;

/**
 * The parts of an application that the stores of its connections use.
 *
 * @param encryptor encrypts stored tokens in place of a configured key, or {@code null}
 * @param database makes stores in the application's database, or {@code null} if it has
 * none
 * @since 0.1.0
 */
public record StoreCustomizations(@Nullable TextEncryptor encryptor, @Nullable SharedStoreFactory database) {

	/** Nothing. */
	public static final StoreCustomizations NONE = new StoreCustomizations(null, null);

}
