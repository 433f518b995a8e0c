package io.flyteconnect.internal.identity;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

import io.flyteconnect.internal.text.SafeText;
import io.flyteconnect.internal.text.UnusableFieldException;

/**
 * Checks the texts of a model.
 */
public final class Fields {

	private static final Log logger = LogFactory.getLog(Fields.class);

	private Fields() {
	}

	/**
	 * Return a text that may be absent. Empty is the same as absent, as in the IDL.
	 */
	public static @Nullable String optional(String field, @Nullable String value) {
		if (value == null || value.isEmpty()) {
			return null;
		}
		UnusableFieldException.unless(StringUtils.hasText(value), field, "'" + field + "' must not be blank");
		return value;
	}

	public static String required(String field, @Nullable String value) {
		String present = optional(field, value);
		if (present == null) {
			throw new UnusableFieldException(field, "'" + field + "' must be set");
		}
		return present;
	}

	public static String orEmpty(@Nullable String value) {
		return (value != null) ? value : "";
	}

	/**
	 * Warn of a name that stands for many; asked by the builders, and not where a message
	 * of a server is read. No part of Flyte resolves it, and a policy that does so grants
	 * more than one execution needs.
	 */
	public static void warnOfWildcard(String field, @Nullable String value) {
		if (value != null && value.indexOf('*') >= 0) {
			logger.warn("'" + field + "' of a Flyte security context holds the wildcard '*' (" + SafeText.of(value)
					+ "): name exactly the one that is needed");
		}
	}

}
