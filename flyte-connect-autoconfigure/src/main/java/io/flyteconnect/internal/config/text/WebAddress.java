package io.flyteconnect.internal.config.text;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.propertyeditors.URIEditor;

/**
 * Parses a web address. Spring's own conversion encodes each percent sign again, and so
 * turns {@code %20} into {@code %2520}.
 *
 * @since 0.1.0
 */
public final class WebAddress {

	private static final int HIGHEST_PORT = 65535;

	private static final Pattern USER = Pattern.compile("^([^/?#]*//)[^/?#]*@");

	private WebAddress() {
	}

	/**
	 * Parse an address.
	 * @param text the address; existing escapes are kept, and characters that need an
	 * escape, such as a blank, are escaped
	 * @return the parsed address, or {@code null} if it is invalid
	 */
	public static @Nullable URI parse(String text) {
		String stripped = text.strip();
		try {
			return new URI(stripped);
		}
		catch (URISyntaxException ex) {
			return escaped(stripped);
		}
		catch (NumberFormatException ex) {
			// Of an IPv4 address within an IPv6 one, the JDK reads each number as an int.
			return null;
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

	/**
	 * Return whether a request can be sent to an address.
	 * @param address the address
	 * @return whether it is absolute with the scheme {@code http} or {@code https}, a
	 * host and, if there is a port, a valid one
	 */
	public static boolean isUsable(String address) {
		try {
			URI uri = URI.create(address);
			return ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()))
					&& uri.getHost() != null && uri.getPort() != 0 && uri.getPort() <= HIGHEST_PORT;
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	/**
	 * Remove user and password, which are not sent in requests (RFC 9110 section 4.2.4).
	 * @param address the address, which may be invalid
	 * @return the address without them
	 */
	public static String withoutUser(String address) {
		return USER.matcher(address).replaceFirst("$1");
	}

	/**
	 * Hide what may be a user and a password in an address of any form.
	 * @param address the address
	 * @return the address, with a mask for the part before the last {@code @}
	 */
	public static String masked(String address) {
		return String.valueOf(Masked.url(address));
	}

}
