package io.flyteconnect.config;

import java.beans.PropertyEditorSupport;

import org.springframework.util.StringUtils;

/**
 * Lets every word of a mode be bound, wherever a mode is bound: found by its name beside
 * {@link AuthMode}, as the JavaBeans specification has it.
 *
 * @since 0.1.0
 */
public class AuthModeEditor extends PropertyEditorSupport {

	@Override
	public void setAsText(String text) {
		setValue(StringUtils.hasText(text) ? AuthMode.of(text) : null);
	}

}
