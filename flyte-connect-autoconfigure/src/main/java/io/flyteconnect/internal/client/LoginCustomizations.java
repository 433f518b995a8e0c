package io.flyteconnect.internal.client;

import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.listener.LoginListeners;
import io.flyteconnect.internal.store.StoreCustomizations;
import io.flyteconnect.login.FlyteTokenSupplier;

/**
 * What an application brings to the login of a connection.
 *
 * @param tokenSupplier takes the place of the command in mode {@code external-command},
 * or {@code null}
 * @param environment the environment variables
 * @param events where the application listens for a link or code that a person needs
 * @param stores what keeps logins between processes
 * @param listeners who is told what happens on the connection
 * @since 0.1.0
 */
public record LoginCustomizations(@Nullable FlyteTokenSupplier tokenSupplier, Map<String, String> environment,
		Consumer<Object> events, StoreCustomizations stores, LoginListeners listeners) {

	public LoginCustomizations(@Nullable FlyteTokenSupplier tokenSupplier, Map<String, String> environment,
			Consumer<Object> events, StoreCustomizations stores) {
		this(tokenSupplier, environment, events, stores, LoginListeners.NONE);
	}

	/**
	 * Return the same for one connection.
	 * @param tokenSupplier takes the place of its command, or {@code null}
	 * @param listeners who is told of the tokens and calls
	 * @param events where the application listens
	 * @return the customizations
	 */
	public LoginCustomizations with(@Nullable FlyteTokenSupplier tokenSupplier, LoginListeners listeners,
			Consumer<Object> events) {
		return new LoginCustomizations(tokenSupplier, this.environment, events, this.stores, listeners);
	}

	/**
	 * Return what there is without an application.
	 * @param environment the environment variables
	 * @return no customizations
	 */
	public static LoginCustomizations none(Map<String, String> environment) {
		return new LoginCustomizations(null, environment, (event) -> {
		}, StoreCustomizations.NONE);
	}

}
