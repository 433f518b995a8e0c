package io.flyteconnect.internal.discovery;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.springframework.util.StringUtils;

/**
 * Splits the scopes of a request. Servers and users specify several of them in one text
 * ({@code all offline}) or with the quotes and brackets of a list, which flytekit removes
 * ({@code flytekit/clients/auth/token_client.py}).
 */
public final class RequestedScopes {

	private static final Pattern AROUND_ONE = Pattern.compile("^[' ]+|[' ]+$");

	private static final Pattern AROUND_ALL = Pattern.compile("^[\\[\\]']+|[\\[\\]']+$");

	private RequestedScopes() {
	}

	/**
	 * Return the scopes to request.
	 * @param scopes the scopes as they are configured or published
	 * @return each once, in their order
	 */
	public static Set<String> of(List<String> scopes) {
		String joined = scopes.stream()
			.map((scope) -> AROUND_ONE.matcher(scope).replaceAll(""))
			.collect(Collectors.joining(" "));
		String plain = AROUND_ALL.matcher(joined).replaceAll("");
		return new LinkedHashSet<>(List.of(StringUtils.tokenizeToStringArray(plain, " \t\r\n")));
	}

}
