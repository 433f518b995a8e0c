package io.flyteconnect.config;

import java.beans.PropertyEditorSupport;

import org.springframework.util.StringUtils;

/**
 * Converts each word of a mode when Spring binds a property. The JavaBeans specification
 * finds this class by its name, next to {@link AuthMode}.
 *
 * @since 0.1.0
 */
public class AuthModeEditor extends PropertyEditorSupport {

	@Override
	public void setAsText(String text) {
		setValue(StringUtils.hasText(text) ? AuthMode.of(text) : null);
	}

}
