package io.flyteconnect.internal.config.text;

import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/**
 * The text of a setting. A blank text is treated as not set, as in flytekit.
 */
public final class SettingText {

	private SettingText() {
	}

	/**
	 * Return a text unless it is blank.
	 * @param text the text as it is written
	 * @return the text, or {@code null} if it is blank or absent
	 */
	public static @Nullable String orNull(@Nullable String text) {
		return StringUtils.hasText(text) ? text : null;
	}

}
