package io.flyteconnect.internal.identity;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

import io.flyteconnect.internal.text.SafeText;
import io.flyteconnect.internal.text.UnusableFieldException;

/**
 * Checks the text fields of a model.
 */
public final class Fields {

	private static final Log logger = LogFactory.getLog(Fields.class);

	private Fields() {
	}

	/**
	 * Return an optional text. An empty text counts as absent, as in the IDL.
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
	 * Log a warning for a name with a wildcard. Only the builders call this, not the
	 * conversion of messages from a server. Flyte does not resolve wildcards, and a
	 * policy that does grants more than an execution needs.
	 */
	public static void warnOfWildcard(String field, @Nullable String value) {
		if (value != null && value.indexOf('*') >= 0) {
			logger.warn("'" + field + "' of a Flyte security context holds the wildcard '*' (" + SafeText.of(value)
					+ "): name exactly the one that is needed");
		}
	}

}
