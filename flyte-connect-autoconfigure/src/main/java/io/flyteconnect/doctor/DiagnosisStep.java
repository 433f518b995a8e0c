package io.flyteconnect.doctor;

/**
 * A step on the way of a call to Flyte, in its order.
 *
 * @since 0.1.0
 */
public enum DiagnosisStep {

	/**
	 * Finding the addresses of the host, or of the forward proxy in between.
	 */
	DNS("DNS"),

	/**
	 * Connecting to the host, or to the forward proxy in between.
	 */
	TCP("TCP"),

	/**
	 * Having the forward proxy connect to the host.
	 */
	PROXY("proxy"),

	/**
	 * Agreeing on TLS, and trusting the server's certificate.
	 */
	TLS("TLS"),

	/**
	 * Speaking HTTP/2.
	 */
	HTTP_2("HTTP/2"),

	/**
	 * Asking Flyte how to log in.
	 */
	METADATA("metadata"),

	/**
	 * Getting a token.
	 */
	TOKEN("token"),

	/**
	 * Calling Flyte Admin.
	 */
	CALL("call");

	private final String text;

	DiagnosisStep(String text) {
		this.text = text;
	}

	@Override
	public String toString() {
		return this.text;
	}

}
