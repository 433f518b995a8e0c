package io.flyteconnect.channel;

import java.util.ArrayList;
import java.util.List;

import io.grpc.Status;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.config.Endpoint;
import io.flyteconnect.config.HttpProxy;

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
	 * Plaintext was answered by a TLS alert (content type 21, RFC 8446 section 5.1),
	 * which Netty shows as bytes.
	 */
	TLS_PORT("speaks TLS: flyte.platform.insecure should be false, or the port is wrong (flyte.platform.url)",
			"Hex dump for first 5 bytes: 1503"),

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
	 * A server that lets in only clients with a certificate, or that does not know the
	 * one it was shown ({@code sun.security.ssl.Alert}).
	 */
	CLIENT_CERTIFICATE(
			"asks for a client certificate that it trusts: name an SSL bundle with its key by flyte.platform.ssl-bundle",
			"Received fatal alert: bad_certificate", "Received fatal alert: certificate_required",
			"Received fatal alert: certificate_unknown", "Received fatal alert: unknown_ca"),

	/**
	 * A forward proxy that nobody knows ({@code io.flyteconnect.network.ProxyRoutes}).
	 */
	UNKNOWN_PROXY("cannot be reached: its forward proxy is not a known host name (flyte.platform.http-proxy-url)",
			"The host name of the proxy "),

	/**
	 * A forward proxy that cannot be used ({@code io.flyteconnect.network.ProxyRoutes}).
	 */
	UNUSABLE_PROXY("cannot be reached: its forward proxy cannot be used", "The proxy settings cannot be used"),

	/**
	 * The forward proxy refused.
	 */
	PROXY("cannot be reached through the proxy (flyte.platform.http-proxy-url)", "ProxyConnectException"),

	/**
	 * No such host.
	 */
	UNKNOWN_HOST("is not a known host name (flyte.platform.url)", "Unable to resolve host "),

	/**
	 * Nobody listens where the forward proxy should be.
	 */
	PROXY_UNREACHABLE(
			"cannot be reached, since nothing listens where the proxy should be (flyte.platform.http-proxy-url,"
					+ " https.proxyHost or HTTPS_PROXY)",
			"java.net.ConnectException", "ConnectTimeoutException", "NoRouteToHostException"),

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
			"Network closed for unknown reason", "Connection reset");

	private static final String OUR_PACKAGES = "io.flyteconnect.";

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
	 * @param proxy the forward proxy that leads there, or {@code null}
	 * @return the same code and cause; the description says what it means where that is
	 * known
	 */
	static Status explain(Status status, Endpoint endpoint, boolean plaintext, @Nullable HttpProxy proxy) {
		if (status.isOk() || isExplained(status)) {
			return status;
		}
		List<String> texts = texts(status);
		for (ConnectionDiagnosis diagnosis : values()) {
			if (diagnosis.fits(texts) && diagnosis.isPossible(plaintext, proxy)) {
				String at = (diagnosis == PROXY_UNREACHABLE) ? ": " + proxy : "";
				return status.withDescription(endpoint + " " + diagnosis.meaning + at + ": " + detail(texts));
			}
		}
		return status;
	}

	/**
	 * A login that failed says so itself, and is about another server.
	 */
	private static boolean isExplained(Status status) {
		Throwable cause = status.getCause();
		return cause != null && cause.getClass().getName().startsWith(OUR_PACKAGES);
	}

	private boolean isPossible(boolean plaintext, @Nullable HttpProxy proxy) {
		return switch (this) {
			case CLOSED, TLS_PORT -> plaintext;
			case PROXY_UNREACHABLE -> proxy != null;
			default -> true;
		};
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
