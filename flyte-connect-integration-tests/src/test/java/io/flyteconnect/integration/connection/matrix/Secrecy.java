package io.flyteconnect.integration.connection.matrix;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What nobody may read: secrets, passwords and tokens, in any of the forms that they take
 * on their way.
 */
final class Secrecy {

	static final String WRONG_SECRET = "wr0ng secret/+";

	static final String WRONG_PASSWORD = "wr0ng-pr@xy";

	private static final Pattern TOKEN = Pattern.compile("eyJ[\\w-]{8,}\\.[\\w-]+|(?i:bearer) [\\w-]{12,}");

	private static final List<String> HIDDEN = hidden();

	private Secrecy() {
	}

	private static List<String> hidden() {
		List<String> hidden = new ArrayList<>();
		for (String secret : List.of(Login.SECRET, WRONG_SECRET)) {
			forms(hidden, Login.CLIENT_ID, secret);
		}
		for (String password : List.of(Transport.PROXY_PASSWORD, WRONG_PASSWORD)) {
			forms(hidden, Transport.PROXY_USER, password);
		}
		return hidden;
	}

	private static void forms(List<String> hidden, String user, String secret) {
		String encoded = URLEncoder.encode(secret, StandardCharsets.UTF_8);
		hidden.addAll(List.of(secret, encoded, encoded.replace("+", "%20"), base64(user + ":" + secret),
				base64(user + ":" + encoded)));
	}

	private static String base64(String text) {
		return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Check an exception with all its causes and frames, a text and the names of all
	 * threads.
	 * @param failure the exception
	 * @param output what was logged
	 */
	static void check(Throwable failure, CharSequence output) {
		StringWriter trace = new StringWriter();
		failure.printStackTrace(new PrintWriter(trace));
		check(trace.toString());
		check(output.toString());
		Thread.getAllStackTraces().keySet().forEach((thread) -> check(thread.getName()));
	}

	private static void check(String text) {
		assertThat(text).doesNotContain(HIDDEN).doesNotContainPattern(TOKEN);
	}

}
