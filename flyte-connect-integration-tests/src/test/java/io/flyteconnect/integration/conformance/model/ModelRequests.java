package io.flyteconnect.integration.conformance.model;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.integration.conformance.platform.SettingWords;
import io.flyteconnect.integration.conformance.wire.WireRule;
import io.flyteconnect.integration.conformance.wire.WireScript.HttpStep;

/**
 * The requests of a model to the authorization server, and what it reads from the
 * answers.
 */
final class ModelRequests {

	/** Types of tokens that a key has to sign with each call. */
	private static final List<String> BOUND = List.of("dpop", "pop", "mac", "n_a");

	/** What can be sent in a header, RFC 6750 section 2.1 and more. */
	private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]+");

	private static final String FORM = "application/x-www-form-urlencoded";

	private final ModelWorld world;

	private final ModelProxy proxy;

	ModelRequests(ModelWorld world, ModelProxy proxy) {
		this.world = world;
		this.proxy = proxy;
	}

	/** A form that begins with a grant type. */
	Map<String, String> form(String grantType) {
		return new TreeMap<>(Map.of("grant_type", grantType));
	}

	/**
	 * Send a token request as flytekit's token client does.
	 * @param form its parameters
	 * @param authorization the client's credentials, or {@code null}
	 * @param throughProxy whether flytekit has a proxy's token for it
	 */
	HttpStep token(Map<String, String> form, @Nullable String authorization, boolean throughProxy) {
		Map<String, String> headers = headers("application/json");
		if (!this.world.is(WireRule.REQUEST_FIELDS)) {
			headers.put("cache-control", "no-cache");
		}
		if (authorization != null) {
			headers.put("authorization", authorization);
		}
		if (throughProxy || this.world.is(WireRule.EVERYWHERE)) {
			this.proxy.authorize(headers);
		}
		return send(this.world.tokenEndpoint(), true, headers, form);
	}

	/**
	 * Send a token request as flytekit does for a person with a browser.
	 * @param form its parameters
	 */
	HttpStep browserToken(Map<String, String> form) {
		return send(this.world.tokenEndpoint(), this.world.is(WireRule.EVERYWHERE), plain(), form);
	}

	/**
	 * Send a device authorization request.
	 * @param form its parameters
	 */
	HttpStep device(Map<String, String> form) {
		return send(this.world.server().metadata().getDeviceAuthorizationEndpoint(), true, plain(), form);
	}

	// Nobody is at any other address than that of the server.
	private HttpStep send(String url, boolean proxied, Map<String, String> headers, Map<String, String> form) {
		String proxy = proxied ? this.world.settings().httpProxy() : null;
		String place = SettingWords.proxy((proxy != null) ? proxy : url.replaceFirst("(://[^/]*).*", "$1"));
		if (url.isBlank()) {
			throw ModelFailure.permanent("CREDENTIALS");
		}
		if (!Objects.equals(place, SettingWords.proxy(this.world.server().address()))) {
			ModelFailure failure = ModelFailure.passing("TOKEN_REQUEST");
			throw this.world.isMode("PKCE") ? failure.once() : failure;
		}
		URI uri = URI.create(url);
		HttpStep answer = this.world.server()
			.take("POST", (proxy != null) ? uri : URI.create(uri.getPath()), headers, form);
		String target = answer.headers().get("location");
		boolean followed = target != null && answer.status() / 100 == 3 && !this.world.is(WireRule.REDIRECTS);
		return followed ? follow(answer.status(), target, headers, form) : answer;
	}

	// As Python's requests does: a form goes along only where the method has to stay.
	private HttpStep follow(int status, String target, Map<String, String> headers, Map<String, String> form) {
		if (status >= 307) {
			return send(target, true, headers, form);
		}
		Map<String, String> rest = new TreeMap<>(headers);
		rest.remove("content-type");
		return this.world.server().take("GET", URI.create(URI.create(target).getPath()), rest, Map.of());
	}

	private Map<String, String> plain() {
		Map<String, String> headers = headers(this.world.is(WireRule.REQUEST_FIELDS) ? "application/json" : "*/*");
		this.proxy.authorize(headers);
		return headers;
	}

	private static Map<String, String> headers(String accept) {
		return new TreeMap<>(Map.of("accept", accept, "content-type", FORM));
	}

	/** What a parameter holds where it may be empty: left out by the RFCs. */
	void put(Map<String, String> form, String name, String value) {
		if (!value.isBlank() || !this.world.is(WireRule.REQUEST_FIELDS)) {
			form.put(name, value);
		}
	}

	String scope() {
		List<String> scopes = this.world.settings().scopes().isEmpty() ? this.world.server().client().getScopesList()
				: this.world.settings().scopes();
		String joined = scopes.stream()
			.map((scope) -> scope.replaceAll("^[' ]+|[' ]+$", ""))
			.collect(Collectors.joining(" "))
			.replaceAll("^[\\[\\]']+|[\\[\\]']+$", "");
		return this.world.is(WireRule.REQUEST_FIELDS)
				? Stream.of(joined.split("\\s+")).distinct().collect(Collectors.joining(" ")) : joined;
	}

	String audience() {
		String configured = Objects.requireNonNullElse(this.world.settings().audience(), "");
		String published = this.world.server().client().getAudience();
		if (this.world.isMode("PKCE") && !this.world.is(WireRule.EVERYWHERE)) {
			return published;
		}
		boolean unwanted = this.world.isMode("CLIENT_CREDENTIALS") && this.world.is(WireRule.PUBLISHED_AUDIENCE)
				&& !SettingWords.isTrue(Objects.requireNonNullElse(this.world.goKey("useAudienceFromAdmin"), ""));
		return (configured.isEmpty() && !unwanted) ? published : configured;
	}

	/** The credentials of the client in a header. */
	String basic(String clientId, String secret) {
		String credentials = this.world.is(WireRule.BASIC_ENCODING) ? quote(clientId) + ":" + quote(secret)
				: clientId + ":" + quotePlus(secret);
		return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
	}

	// RFC 3986: every server decodes it.
	private static String quote(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
	}

	// Python's; Java keeps an asterisk and encodes a tilde.
	private static String quotePlus(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("*", "%2A").replace("%7E", "~");
	}

	/**
	 * Read an answer that should be a token.
	 * @param answer the answer
	 * @param lifeNeeded whether flytekit wants to know how long it lives
	 * @return the token
	 */
	String read(HttpStep answer, boolean lifeNeeded) {
		Map<String, @Nullable Object> body = object(answer);
		if (!isToken(answer)) {
			throw isPassing(answer) ? ModelFailure.passing("TOKEN_REQUEST") : ModelFailure.permanent("TOKEN_REQUEST");
		}
		if (lifeNeeded && !body.containsKey("expires_in") && !this.world.is(WireRule.EXPIRY)) {
			throw ModelFailure.passing("TOKEN_REQUEST");
		}
		String token = python(body.get("access_token"));
		return this.world.is(WireRule.TOKEN_ANSWER) ? bare(token) : token;
	}

	private static String bare(String token) {
		return token.strip().replaceFirst("^(?i:Bearer) +", "");
	}

	// Python's requests reads no JSON with a byte order mark.
	private Map<String, @Nullable Object> object(HttpStep answer) {
		return (this.world.is(WireRule.TOKEN_ANSWER) ? answer.withoutByteOrderMark() : answer).object();
	}

	// What Python makes of a value in a text.
	private static String python(@Nullable Object value) {
		if (value instanceof List<?> list) {
			return list.stream()
				.map((each) -> (each instanceof String) ? "'" + each + "'" : python(each))
				.collect(Collectors.joining(", ", "[", "]"));
		}
		if (value instanceof Boolean truth) {
			return truth ? "True" : "False";
		}
		return Objects.toString(value, "None");
	}

	boolean isToken(HttpStep answer) {
		Map<String, @Nullable Object> body = object(answer);
		if (!this.world.is(WireRule.TOKEN_ANSWER)) {
			int last = this.world.isMode("PKCE") ? 200 : 299;
			return answer.status() >= 200 && answer.status() <= last && body.containsKey("access_token");
		}
		String type = Objects.toString(body.get("token_type"), "").toLowerCase(Locale.ROOT);
		return answer.status() >= 200 && answer.status() < 300 && body.get("access_token") instanceof String token
				&& TOKEN.matcher(bare(token)).matches() && !BOUND.contains(type);
	}

	/** Whether the server understood a request and said no. */
	boolean isRefusal(HttpStep answer) {
		String error = error(answer);
		return !isToken(answer) && !error.isEmpty()
				&& (!isPassing(answer) || answer.status() == 500 && error.equals("server_error"));
	}

	boolean isPassing(HttpStep answer) {
		return List.of(408, 425, 429).contains(answer.status()) || answer.status() >= 500
				|| List.of("server_error", "temporarily_unavailable", "slow_down").contains(error(answer));
	}

	String error(HttpStep answer) {
		return isToken(answer) ? "" : Objects.toString(object(answer).get("error"), "");
	}

}
