package io.flyteconnect.integration.conformance.wire;

import java.util.Locale;

import io.flyteconnect.integration.conformance.platform.DeliberateDifferences;

/**
 * Where Flyte Connect differs from flytekit on purpose in what it sends; the table of
 * differences has both sides of each. Those up to {@link #EVERYWHERE} are shared with the
 * recordings; what settings mean ({@link #SETTINGS}) differs by the rules that
 * {@link DeliberateDifferences} knows. The others are about fields and requests that the
 * recordings are silent about.
 */
public enum WireRule {

	/** The settings as the rules make them, {@code mode-none} and others among them. */
	SETTINGS("see DeliberateDifferences"),

	/** README. */
	FIRST_CALL(
			"client credentials and command: the token is there before the first call, unless the server publishes no"
					+ " metadata. PKCE and device: a person is asked only after the server has refused a call without a token"),

	/** README. */
	RETRIES("reads: UNAVAILABLE with back-off and jitter; nothing else. A refused token is replaced once"),

	/** README. */
	EXPIRY("expires_in may be absent"),

	/** README. */
	BASIC_ENCODING("id and secret are form-encoded in the Basic header, RFC 6749 2.3.1"),

	/** README. */
	HEADER_KEY(
			"authorization, in every mode, where the server names no metadata key; a key with capitals is sent in small"
					+ " letters, and one that no header can have is an error of the login"),

	/** README. */
	DEVICE("RFC 8628 in full"),

	/** README. */
	COMMAND("a command that prints nothing, or no token, has failed"),

	/** README. */
	EVERYWHERE("proxy and configured audience are used in every mode"),

	/** Ours. */
	TOKEN_ANSWER(
			"an access_token that is empty, no text or nothing that a header can hold, and a token that is bound to a key, are errors; blanks"
					+ " around a token, the word Bearer before it, and a byte order mark before the answer, are dropped"),

	/** Ours. */
	REDIRECTS("a redirect of an endpoint of the authorization server is not followed (RFC 9700 section 4.12)"),

	/** Ours. */
	PROXIED_CALLS("calls go through the configured HTTP proxy as well"),

	/** Ours. */
	METADATA_TOGETHER(
			"both requests for login metadata are made at once; flytekit makes the second one after the first"),

	/** Ours. */
	PUBLISHED_AUDIENCE("client credentials ask for the audience that the server publishes only where"
			+ " use-audience-from-admin is set: flyteadmin's own authorization server refuses such requests"),

	/** Ours. */
	RENEWAL("a person whose login was refused logs in anew, where flytekit gives the first login once more for a minute; a"
			+ " refresh token stays good until another one comes (RFC 6749 section 6), and an answer that is no refusal is"
			+ " no reason to ask a person"),

	/** Ours. */
	REQUEST_FIELDS("requests to the authorization server have the fields that the RFCs name, and no others: no"
			+ " cache-control, no copy of the authorization request in the code exchange, no scope once it has been asked"
			+ " for, no empty parameter, the secret in the body where the server takes it only there; in addition a nonce"
			+ " with the scope openid (OpenID Connect), and PKCE in the device flow, which some servers want"),

	/** Ours. */
	CLIENT_ID(
			"a person logs in with the configured client, where there is one; flytekit takes the published one, even an empty"
					+ " one"),

	/** Ours. */
	SECRET_PLACE("where an invalid_client may mean that, the secret goes once more in the other way, header or body"),

	/** Ours. */
	WHAT_ANSWERS(
			"where a server does not know a method, another one is asked for, without a token, to tell whether it is"
					+ " Flyte Admin at all"),

	/** Ours. */
	GO_KEYS("authorizationHeader, tokenUrl, useAudienceFromAdmin and other keys that Flyte's Go client knows and flytekit"
			+ " does not are heeded");

	private final String sentence;

	WireRule(String sentence) {
		this.sentence = sentence;
	}

	/** The name in the README and in a {@code flyte-connect.json}. */
	public String id() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	@Override
	public String toString() {
		return id() + ": " + this.sentence;
	}

}
