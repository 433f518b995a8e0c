package io.flyteconnect.internal.config.text;

import java.net.URI;
import java.net.URISyntaxException;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.propertyeditors.URIEditor;

/**
 * An address on the web as somebody has written it. Spring's own conversion takes each
 * percent sign for itself and writes {@code %20} as {@code %2520}.
 */
public final class WebAddress {

	private WebAddress() {
	}

	/**
	 * Parse an address.
	 * @param text the address, whose escapes stay as they are; what has to be escaped and
	 * is not, such as a blank, is
	 * @return the address, or {@code null} if it is none
	 */
	public static @Nullable URI parse(String text) {
		String stripped = text.strip();
		try {
			return new URI(stripped);
		}
		catch (URISyntaxException ex) {
			return escaped(stripped);
		}
	}

	private static @Nullable URI escaped(String text) {
		try {
			URIEditor editor = new URIEditor();
			editor.setAsText(text);
			return (URI) editor.getValue();
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

}
