package io.flyteconnect.integration.conformance.platform;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * What the texts of settings mean by the rules, told independently of the code under
 * test.
 */
public final class SettingWords {

	private static final Set<String> TRUE = Set.of("true", "on", "yes", "1");

	private static final Set<String> BOOLEANS = Set.of("true", "on", "yes", "1", "false", "off", "no", "0", "");

	private static final Map<String, String> MODES = Map.ofEntries(Map.entry("standard", "PKCE"),
			Map.entry("pkce", "PKCE"), Map.entry("basic", "CLIENT_CREDENTIALS"),
			Map.entry("clientcredentials", "CLIENT_CREDENTIALS"), Map.entry("clientsecret", "CLIENT_CREDENTIALS"),
			Map.entry("externalprocess", "EXTERNAL_COMMAND"), Map.entry("externalcommand", "EXTERNAL_COMMAND"),
			Map.entry("deviceflow", "DEVICE_FLOW"), Map.entry("none", "NONE"));

	private static final Pattern PROXY = Pattern
		.compile("(?:([a-zA-Z][a-zA-Z0-9+.-]*)://)?(?:(.*)@)?(\\[[^\\]]+]|[^:/?#\\[\\]@\\s]+)(?::(\\d{1,5}))?(?:/.*)?");

	private static final Set<String> OTHER_PROXIES = Set.of("https", "socks", "socks4", "socks4a", "socks5", "socks5h");

	private SettingWords() {
	}

	public static boolean isBoolean(String text) {
		return BOOLEANS.contains(text.strip().toLowerCase(Locale.ROOT));
	}

	public static boolean isTrue(String text) {
		return TRUE.contains(text.strip().toLowerCase(Locale.ROOT));
	}

	/** The name of an {@link io.flyteconnect.config.AuthMode}, or {@code null}. */
	public static @Nullable String mode(String word) {
		return MODES.get(word.strip().replaceAll("[-_]", "").toLowerCase(Locale.ROOT));
	}

	/** The endpoint that a text means, or {@code null} where it is refused. */
	public static @Nullable String endpoint(String text, boolean insecure) {
		String endpoint = text.strip();
		Matcher scheme = Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]*)://(.*)").matcher(endpoint);
		if (scheme.matches()) {
			return switch (scheme.group(1).toLowerCase(Locale.ROOT)) {
				case "http" -> insecure ? host(scheme.group(2).replaceFirst("/$", "")) : null;
				case "https" -> insecure ? null : host(scheme.group(2).replaceFirst("/$", ""));
				case "dns" -> scheme.group(2).startsWith("/") ? host(scheme.group(2).substring(1)) : endpoint;
				default -> endpoint;
			};
		}
		if (endpoint.matches("dns:(?!\\d+$).+")) {
			return host(endpoint.substring("dns:".length()));
		}
		if (endpoint.matches("ipv[46]:(?!\\d+$)[^,]+")) {
			return host(endpoint.substring("ipv4:".length()));
		}
		return endpoint.matches("(unix|unix-abstract|ipv4|ipv6|vsock|xds):(?!\\d+$).+") ? endpoint : host(endpoint);
	}

	private static @Nullable String host(String text) {
		Matcher matcher = Pattern.compile("(\\[[0-9a-zA-Z:.%]+]|[\\p{L}\\p{N}.-]+)(?::(\\d{1,5}))?").matcher(text);
		if (!matcher.matches()) {
			return null;
		}
		int port = (matcher.group(2) != null) ? Integer.parseInt(matcher.group(2)) : 1;
		return (isHost(matcher.group(1)) && port >= 1 && port <= 65535) ? text : null;
	}

	// As java.net.URI has it: the last part of several starts with a letter.
	private static boolean isHost(String host) {
		String number = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|\\d?\\d)";
		String label = "[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]*[\\p{L}\\p{N}])?";
		if (host.matches("\\d+\\.?")) {
			return false;
		}
		return host.startsWith("[") || host.matches(number + "(?:\\." + number + "){3}")
				|| host.matches("(?:(?:" + label + "\\.)+(?=\\p{L}))?" + label + "\\.?");
	}

	/** Whether a text is the address of a web page. */
	public static boolean isPage(String text) {
		try {
			URI uri = new URI(text);
			return uri.getScheme() != null && uri.getHost() != null;
		}
		catch (URISyntaxException ex) {
			return false;
		}
	}

	/** Whether a text is a URI at all. */
	public static boolean isUri(String text) {
		try {
			new URI(text);
			return true;
		}
		catch (URISyntaxException ex) {
			return false;
		}
	}

	/** A proxy in the form of {@link PlatformView}, or {@code null} where refused. */
	public static @Nullable String proxy(String url) {
		Matcher matcher = PROXY.matcher(url.strip());
		if (!matcher.matches() || OTHER_PROXIES.contains(String.valueOf(matcher.group(1)).toLowerCase(Locale.ROOT))) {
			return null;
		}
		int port = (matcher.group(4) != null) ? Integer.parseInt(matcher.group(4)) : 80;
		String user = matcher.group(2);
		String name = (user != null) ? user.replaceFirst(":.*", "") : null;
		String password = (user != null && user.indexOf(':') >= 0) ? user.substring(user.indexOf(':') + 1) : null;
		try {
			return (port < 1 || port > 65535) ? null : matcher.group(3).replaceAll("[\\[\\]]", "") + "|" + port + "|"
					+ decoded(name) + "|" + decoded(password);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	private static @Nullable String decoded(@Nullable String text) {
		return (text != null) ? URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8) : null;
	}

	/** The words of a command that is one text; {@code null} where a quote is open. */
	public static @Nullable List<String> command(String text) {
		if (text.contains(",") && text.strip().chars().noneMatch(Character::isWhitespace)) {
			return Stream.of(text.split(",")).map(String::strip).filter((word) -> !word.isEmpty()).toList();
		}
		List<String> words = new ArrayList<>();
		Matcher matcher = Pattern
			.compile("(?:'[^']*'|\"(?:\\\\.|[^\"\\\\])*\"|\\\\.|[^\\s'\"\\\\]|\\\\$)+", Pattern.DOTALL)
			.matcher(text);
		int end = 0;
		while (matcher.find()) {
			if (!text.substring(end, matcher.start()).isBlank()) {
				return null;
			}
			words.add(unquoted(matcher.group()));
			end = matcher.end();
		}
		return text.substring(end).isBlank() ? words : null;
	}

	private static String unquoted(String word) {
		return Pattern.compile("'([^']*)'|\"((?:\\\\.|[^\"\\\\])*)\"|\\\\(.)", Pattern.DOTALL)
			.matcher(word)
			.replaceAll((part) -> Matcher.quoteReplacement((part.group(1) != null) ? part.group(1)
					: (part.group(2) != null) ? part.group(2).replaceAll("\\\\([\"\\\\$`])", "$1") : part.group(3)));
	}

}
