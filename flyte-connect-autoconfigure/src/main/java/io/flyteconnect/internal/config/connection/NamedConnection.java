package io.flyteconnect.internal.config.connection;

import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

import io.flyteconnect.internal.config.origin.PropertyLookup;

/**
 * A connection that {@code flyte.connections.<name>.*} configures.
 *
 * @param name the name, as it is written
 * @param prefix the prefix of its settings, as it is written
 * @since 0.1.0
 */
public record NamedConnection(String name, String prefix) {

	/** What the names stand below. */
	public static final String ROOT = "flyte.connections";

	/**
	 * Look for the settings of the connection.
	 * @param environment the environment
	 * @return the lookup, which finds what is inherited as well where that is wanted
	 */
	public PropertyLookup lookup(Environment environment) {
		PropertyLookup own = PropertyLookup.ofNamed(environment, this.prefix, false);
		Binder binder = own.binder(BindHandler.DEFAULT);
		boolean inherit = binder.bind(own.prefix().append("inherit"), Bindable.of(Boolean.class)).orElse(false);
		return inherit ? PropertyLookup.ofNamed(environment, this.prefix, true) : own;
	}

}
