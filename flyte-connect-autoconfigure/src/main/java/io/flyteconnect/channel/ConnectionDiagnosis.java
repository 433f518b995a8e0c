package io.flyteconnect.channel;

import java.util.ArrayList;
import java.util.List;

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
	HTTP_ANSWER(
			"answered HTTP, not gRPC: the wrong port, or an ingress that does not pass gRPC on (flyte.platform.url)",
			"invalid content-type: ", "inferred error from HTTP status code"),

	/**
	 * TLS was offered to a port that does not know it.
	 */
	PLAINTEXT_PORT(
			"does not speak TLS: the wrong port, or flyte.platform.insecure=true is missing (flyte.platform.url)",
			"NotSslRecordException", "Unsupported or unrecognized SSL message", "SslHandshakeTimeoutException"),

	/**
	 * An HTTP/1 server, in plaintext or by its choice of protocol under TLS.
	 */
	HTTP_1("does not speak HTTP/2, so not gRPC: the wrong port, or an ingress that passes HTTP/1 only"
			+ " (flyte.platform.url)", "First received frame was not SETTINGS", "Unexpected HTTP/1.x",
			"Failed ALPN negotiation"),

	/**
	 * A certificate that nobody vouches for.
	 */
	UNTRUSTED("has a certificate that is not trusted: set flyte.platform.ca-cert-file-path or flyte.platform.ssl-bundle"
			+ " to trust its issuer", "unable to find valid certification path", "PKIX path validation failed"),

	/**
	 * A certificate for another host.
	 */
	OTHER_HOST("has a certificate for another host name (flyte.platform.url)", "No subject alternative",
			"No name matching"),

	/**
	 * The forward proxy refused.
	 */
	PROXY("cannot be reached through the proxy (flyte.platform.http-proxy-url)", "ProxyConnectException"),

	/**
	 * No such host.
	 */
	UNKNOWN_HOST("is not a known host name (flyte.platform.url)", "Unable to resolve host "),

	/**
	 * Nobody listens.
	 */
	UNREACHABLE("cannot be reached: nothing listens there, or the network does not let it through (flyte.platform.url)",
			"java.net.ConnectException", "ConnectTimeoutException", "NoRouteToHostException"),

	/**
	 * A connection that ended without a reason. A TLS server says nothing more to
	 * plaintext.
	 */
	CLOSED("closed the connection: it is stopping, or it speaks TLS and flyte.platform.insecure should be false",
			"Network closed for unknown reason");

	private static final int LONGEST_DETAIL = 300;

	private final String meaning;

	private final List<String> symptoms;

	ConnectionDiagnosis(String meaning, String... symptoms) {
		this.meaning = meaning;
		this.symptoms = List.of(symptoms);
	}

	/**
	 * Explain the end of a call.
	 * @param status how the call ended
	 * @param endpoint where Flyte Admin should be
	 * @param plaintext whether the endpoint is called in plaintext
	 * @return the same code and cause; the description says what it means where that is
	 * known
	 */
	static Status explain(Status status, Endpoint endpoint, boolean plaintext) {
		if (status.isOk()) {
			return status;
		}
		List<String> texts = texts(status);
		for (ConnectionDiagnosis diagnosis : values()) {
			if (diagnosis.fits(texts) && (plaintext || diagnosis != CLOSED)) {
				return status.withDescription(endpoint + " " + diagnosis.meaning + ": " + detail(texts));
			}
		}
		return status;
	}

	private boolean fits(List<String> texts) {
		return texts.stream().anyMatch((text) -> this.symptoms.stream().anyMatch(text::contains));
	}

	// From the outermost to the innermost.
	private static List<String> texts(Status status) {
		List<String> texts = new ArrayList<>();
		texts.add(String.valueOf(status.getDescription()));
		for (Throwable cause = status.getCause(); cause != null; cause = cause.getCause()) {
			texts.add(cause.toString());
		}
		return texts;
	}

	// Header fields and pages may hold cookies, and are of no more help.
	private static String detail(List<String> texts) {
		String innermost = texts.get(texts.size() - 1);
		String text = innermost.split("\n(headers|trailers): |\nDATA---|\nChannel Pipeline", 2)[0].replace('\n', ' ');
		return (text.length() > LONGEST_DETAIL) ? text.substring(0, LONGEST_DETAIL) : text;
	}

}
