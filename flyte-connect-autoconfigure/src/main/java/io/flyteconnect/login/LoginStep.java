package io.flyteconnect.login;

/**
 * The step of logging in that an error is about.
 *
 * @since 0.1.0
 */
public enum LoginStep {

	/**
	 * Asking Flyte Admin how to log in.
	 */
	DISCOVERY("discovery"),

	/**
	 * Having the settings that the mode needs, client secret included.
	 */
	CREDENTIALS("credentials"),

	/**
	 * Asking the authorization server for a token.
	 */
	TOKEN_REQUEST("token request"),

	/**
	 * Running the command that prints a token.
	 */
	COMMAND("command"),

	/**
	 * Asking a person to log in.
	 */
	INTERACTION("interaction"),

	/**
	 * Using the token: Flyte Admin refused the call.
	 */
	REFUSED("refused by server");

	private final String text;

	LoginStep(String text) {
		this.text = text;
	}

	@Override
	public String toString() {
		return this.text;
	}

}
