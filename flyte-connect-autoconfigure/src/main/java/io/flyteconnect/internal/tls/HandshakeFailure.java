package io.flyteconnect.internal.tls;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Puts into words why a TLS handshake failed. The first that fits is taken.
 */
enum HandshakeFailure {

	TIMEOUT("did not finish the TLS handshake in time: it is overloaded, the network loses what is sent, or something"
			+ " else than TLS keeps silent on this port", "SslHandshakeTimeoutException"),

	CLIENT_EXPIRED("does not accept the client certificate of %s, since it has expired: renew it",
			"Received fatal alert: certificate_expired"),

	CLIENT_REFUSED(
			"does not accept the client certificate of %s: the server does not trust its issuer, or it is not"
					+ " made for clients",
			"Received fatal alert: bad_certificate", "Received fatal alert: unknown_ca",
			"Received fatal alert: certificate_unknown", "Received fatal alert: certificate_revoked",
			"Received fatal alert: unsupported_certificate", "Received fatal alert: access_denied"),

	/**
	 * A client certificate that was not shown: its issuer is none that the server named.
	 */
	CLIENT_NOT_SHOWN("asks for a client certificate of issuers that it names, and that of %s is of none of them, so it"
			+ " was not shown", "Received fatal alert: certificate_required"),

	/**
	 * A server that lets in only clients with a certificate
	 * ({@code sun.security.ssl.Alert}).
	 */
	CLIENT_MISSING(
			"asks for a client certificate: name an SSL bundle with certificate and key by"
					+ " flyte.platform.ssl-bundle",
			"Received fatal alert: certificate_required", "Received fatal alert: bad_certificate",
			"Received fatal alert: certificate_unknown", "Received fatal alert: unknown_ca",
			"Received fatal alert: access_denied"),

	PROTOCOL("speaks no version of TLS that this Java, or the SSL bundle, allows",
			"Received fatal alert: protocol_version", "The server selected protocol version", "No appropriate protocol",
			"Received fatal alert: insufficient_security"),

	/**
	 * RFC 6066 section 3.
	 */
	UNKNOWN_NAME("does not know the host name that it is called by (SNI)", "Received fatal alert: unrecognized_name"),

	/**
	 * What OpenSSL says for many reasons.
	 */
	REFUSED("ended the TLS handshake without a reason: it asks for a client certificate (flyte.platform.ssl-bundle), or"
			+ " has no version or cipher of TLS in common with this Java", "Received fatal alert: handshake_failure"),

	/**
	 * {@code java.security.cert.PKIXParameters}.
	 */
	NO_ANCHORS("cannot be verified, since there is no certificate to trust: the trust store is empty",
			"the trustAnchors parameter must be non-empty"),

	CLOSED("ended the connection in the middle of the TLS handshake: it is stopping, or a gateway in between does not"
			+ " let it through", "Connection closed while SSL/TLS handshake was in progress");

	private final String meaning;

	private final List<String> symptoms;

	HandshakeFailure(String meaning, String... symptoms) {
		this.meaning = meaning;
		this.symptoms = List.of(symptoms);
	}

	/**
	 * Explain a failure.
	 * @param failure what the handshake ended by
	 * @param clientCertificate what the client certificate comes from, or {@code null} if
	 * there is none
	 * @return a predicate without its subject, or {@code null} if it is no known failure
	 * of a handshake
	 */
	static @Nullable String explain(Throwable failure, @Nullable String clientCertificate) {
		List<String> texts = new ArrayList<>();
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof ServerCertificateException refused) {
				return refused.getMessage();
			}
			texts.add(cause.toString());
		}
		for (HandshakeFailure known : values()) {
			if (known.isPossible(clientCertificate != null) && known.fits(texts)) {
				return known.meaning.replace("%s", String.valueOf(clientCertificate));
			}
		}
		return null;
	}

	private boolean isPossible(boolean clientCertificate) {
		return switch (this) {
			case CLIENT_EXPIRED, CLIENT_REFUSED, CLIENT_NOT_SHOWN -> clientCertificate;
			case CLIENT_MISSING -> !clientCertificate;
			default -> true;
		};
	}

	private boolean fits(List<String> texts) {
		return texts.stream().anyMatch((text) -> this.symptoms.stream().anyMatch(text::contains));
	}

}
