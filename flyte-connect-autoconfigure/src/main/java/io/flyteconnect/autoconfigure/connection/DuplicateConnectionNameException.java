package io.flyteconnect.autoconfigure.connection;

import java.util.List;

import io.flyteconnect.ExplainedFailure;

/**
 * Thrown when two Flyte connections of an application, or the settings of two, have the
 * same name.
 *
 * @since 0.1.0
 */
public class DuplicateConnectionNameException extends RuntimeException implements ExplainedFailure {

	DuplicateConnectionNameException(String name, String bean, String other) {
		super("The beans '" + bean + "' and '" + other + "' are two Flyte connections, or the settings of two, and"
				+ " both have the name '" + name + "'");
	}

	@Override
	public String getSummary() {
		return String.valueOf(getMessage());
	}

	@Override
	public List<Detail> getDetails() {
		return List.of();
	}

	@Override
	public String getAction() {
		return "Give each further connection a name of its own: PlatformConfig.builder().name(\"other\"). To replace"
				+ " the connection that flyte.* configures, name the bean 'flyteConnection'; to replace its"
				+ " settings, name the bean 'flytePlatformConfig'.";
	}

}
