package io.flyteconnect.autoconfigure;

/**
 * Thrown when two Flyte connections of an application, or the settings of two, have the
 * same name.
 *
 * @since 0.1.0
 */
public class DuplicateConnectionNameException extends RuntimeException {

	DuplicateConnectionNameException(String name, String bean, String other) {
		super("The beans '" + bean + "' and '" + other + "' are two Flyte connections, or the settings of two, and"
				+ " both have the name '" + name + "'");
	}

}
