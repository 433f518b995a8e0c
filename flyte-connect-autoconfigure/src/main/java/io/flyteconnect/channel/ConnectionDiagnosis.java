package io.flyteconnect.channel;

import java.util.function.Predicate;

import io.grpc.Status;

import io.flyteconnect.config.Endpoint;

/**
 * What a failed connection looks like in gRPC and Netty, and what it means to the person
 * who configured it. The first that fits is taken.
 *
 * @author Flyte Connect
 */
enum ConnectionDiagnosis {

	/**
	 * An answer over HTTP/2 that is not gRPC's
	 * ({@code io.grpc.internal.Http2ClientStreamTransportState}).
	 */
	HTTP_ANSWER((failure) -> failure.describes("invalid content-type: ", "inferred error from HTTP status code"),
			"answered HTTP, not gRPC: the wrong port, or an ingress that does not pass gRPC on (flyte.platform.url)"),

	/**
	 * TLS was offered to a port that does not know it.
	 */
	PLAINTEXT_PORT((failure) -> failure.mentions("NotSslRecordException", "Unsupported or unrecognized SSL message"),
			"does not speak TLS: the wrong port, or flyte.platform.insecure=true is missing (flyte.platform.url)"),

	/**
	 * Plaintext met a port that answers with a TLS alert (record type 0x15, version 3).
	 */
	TLS_PORT((failure) -> failure.mentions("Hex dump for first 5 bytes: 1503"),
			"speaks TLS: the wrong port, or flyte.platform.insecure should be false (flyte.platform.url)"),

	/**
	 * An HTTP/1 server, in plaintext or by its choice of protocol under TLS.
	 */
	HTTP_1((failure) -> failure.mentions("First received frame was not SETTINGS", "HTTP/1.x",
			"Failed ALPN negotiation"),
			"does not speak HTTP/2, so not gRPC: the wrong port, or an ingress that passes HTTP/1 only"
					+ " (flyte.platform.url)"),

	/**
	 * A certificate that nobody vouches for.
	 */
	UNTRUSTED((failure) -> failure.mentions("unable to find valid certification path", "PKIX path validation failed"),
			"has a certificate that is not trusted: set flyte.platform.ca-cert-file-path or"
					+ " flyte.platform.ssl-bundle to trust its issuer"),

	/**
	 * A certificate for another host.
	 */
	OTHER_HOST((failure) -> failure.mentions("No subject alternative", "No name matching"),
			"has a certificate for another host name (flyte.platform.url)"),

	/**
	 * The forward proxy refused.
	 */
	PROXY((failure) -> failure.mentions("ProxyConnectException"),
			"cannot be reached through the proxy (flyte.platform.http-proxy-url)"),

	/**
	 * No such host.
	 */
	UNKNOWN_HOST((failure) -> failure.describes("Unable to resolve host "),
			"is not a known host name (flyte.platform.url)"),

	/**
	 * Nobody listens.
	 */
	UNREACHABLE(
			(failure) -> failure.mentions("java.net.ConnectException", "ConnectTimeoutException",
					"NoRouteToHostException"),
			"cannot be reached: nothing listens there, or the network does not let it through"
					+ " (flyte.platform.url)");

	private static final int LONGEST_DETAIL = 300;

	private final Predicate<Failure> symptom;

	private final String meaning;

	ConnectionDiagnosis(Predicate<Failure> symptom, String meaning) {
		this.symptom = symptom;
		this.meaning = meaning;
	}

	/**
	 * Explain the end of a call.
	 * @param status how the call ended
	 * @param endpoint where Flyte Admin should be
	 * @return the same code and cause; the description says what it means where that is
	 * known
	 */
	static Status explain(Status status, Endpoint endpoint) {
		if (status.isOk()) {
			return status;
		}
		Failure failure = new Failure(status);
		for (ConnectionDiagnosis diagnosis : values()) {
			if (diagnosis.symptom.test(failure)) {
				return status
					.withDescription(endpoint + " " + diagnosis.meaning + ". " + detail(failure.description()));
			}
		}
		return status;
	}

	// Header fields and pages may hold cookies, and are of no more help.
	private static String detail(String description) {
		String text = description.split("\n(headers|trailers): |\nDATA---|\nChannel Pipeline", 2)[0].replace('\n', ' ');
		return (text.length() > LONGEST_DETAIL) ? text.substring(0, LONGEST_DETAIL) : text;
	}

	/**
	 * The texts by which a failure is known.
	 *
	 * @param status how the call ended
	 */
	private record Failure(Status status) {

		String description() {
			String description = this.status.getDescription();
			return (description != null) ? description : "";
		}

		boolean describes(String... texts) {
			for (String text : texts) {
				if (description().contains(text)) {
					return true;
				}
			}
			return false;
		}

		boolean mentions(String... texts) {
			for (Throwable cause = this.status.getCause(); cause != null; cause = cause.getCause()) {
				for (String text : texts) {
					if (cause.toString().contains(text)) {
						return true;
					}
				}
			}
			return false;
		}

	}

}
