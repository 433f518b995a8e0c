package io.flyteconnect.config;

import org.jspecify.annotations.Nullable;

/**
 * What requests of Flyte 2 are about where they do not say it themselves.
 *
 * @param org Organisation that requests of Flyte 2 are about where they name none. The
 * open source server has none.
 * @param project Project that requests of Flyte 2 are about where they name none.
 * @param domain Domain that requests of Flyte 2 are about where they name none, such as
 * "development".
 * @since 0.1.0
 */
public record RunSettings(@Nullable String org, @Nullable String project, @Nullable String domain) {

	/** Nothing is set. */
	public static final RunSettings NONE = new RunSettings(null, null, null);

	/**
	 * Create settings. A blank text is none.
	 */
	public RunSettings {
		org = orNull(org);
		project = orNull(project);
		domain = orNull(domain);
	}

	private static @Nullable String orNull(@Nullable String text) {
		return (text != null && !text.isBlank()) ? text.strip() : null;
	}

}
