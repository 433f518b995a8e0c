package io.flyteconnect.autoconfigure;

import org.springframework.core.env.Environment;

/**
 * Whether {@code flyte.credentials.store} is {@code jdbc}.
 */
class OnJdbcStoreCondition extends RunTimeCondition {

	private static final String PROPERTY = "flyte.credentials.store";

	OnJdbcStoreCondition() {
		super(PROPERTY + "=jdbc", OnJdbcStoreCondition::isWanted);
	}

	static boolean isWanted(Environment environment) {
		return "jdbc".equalsIgnoreCase(environment.getProperty(PROPERTY, "").strip());
	}

}
