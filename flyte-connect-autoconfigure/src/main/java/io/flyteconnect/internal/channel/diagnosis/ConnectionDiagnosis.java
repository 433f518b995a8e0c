package io.flyteconnect.internal.channel.diagnosis;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.grpc.Status;
import io.netty.handler.proxy.HttpProxyHandler.HttpProxyConnectException;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.doctor.DiagnosisStep;
import io.flyteconnect.internal.channel.RefusedProxyPicker;
import io.flyteconnect.internal.proxy.ProxyRefusedException;
import io.flyteconnect.internal.proxy.ProxyRoute;

/**
 * What a failed connection looks like in gRPC and Netty, and what it means to the person
 * who configured it. The first that fits is taken.
 */
enum ConnectionDiagnosis {

	/**
	 * TLS was offered to a port that does not know it.
	 */
	PLAINTEXT_PORT(
			"does not speak TLS: the wrong port, or flyte.platform.insecure=true is missing (flyte.platform.url)",
			DiagnosisStep.TLS, "NotSslRecordException", "Unsupported or unrecognized SSL message"),

	/**
	 * Plaintext was answered by a TLS alert (content type 21, RFC 8446 section 5.1),
	 * which Netty shows as bytes.
	 */
	TLS_PORT("speaks TLS: flyte.platform.insecure should be false, or the port is wrong (flyte.platform.url)",
			DiagnosisStep.TLS, "Hex dump for first 5 bytes: 1503"),

	/**
	 * An HTTP/1 server in plaintext. That of a TLS port may say so, too, as nginx does.
	 */
	HTTP_1_PLAINTEXT("does not speak HTTP/2, so not gRPC: the wrong port, or an ingress that passes HTTP/1 only"
			+ " (flyte.platform.url), or a port of TLS that says so by HTTP/1 (then flyte.platform.insecure should be"
			+ " false)", DiagnosisStep.HTTP_2, "First received frame was not SETTINGS", "Unexpected HTTP/1.x"),

	/**
	 * An HTTP/1 server by its choice of protocol under TLS.
	 */
	HTTP_1("does not speak HTTP/2, so not gRPC: the wrong port, or an ingress that passes HTTP/1 only"
			+ " (flyte.platform.url)", DiagnosisStep.HTTP_2, "First received frame was not SETTINGS",
			"Unexpected HTTP/1.x", "Failed ALPN negotiation", "Received fatal alert: no_application_protocol"),

	/**
	 * A forward proxy that has refused the same user and password a moment ago
	 * ({@code io.flyteconnect.internal.proxy.ProxyRoutes}, {@link RefusedProxyPicker}).
	 */
	REFUSED_PROXY("cannot be reached through the proxy", DiagnosisStep.PROXY, "ProxyRefusedException",
			"UnresolvedAddressException"),

	/**
	 * A forward proxy that nobody knows
	 * ({@code io.flyteconnect.internal.proxy.ProxyRoutes}).
	 */
	UNKNOWN_PROXY("cannot be reached: its forward proxy is not a known host name (flyte.platform.http-proxy-url)",
			DiagnosisStep.DNS, "The host name of the proxy "),

	/**
	 * A forward proxy that cannot be used
	 * ({@code io.flyteconnect.internal.proxy.ProxyRoutes}).
	 */
	UNUSABLE_PROXY("cannot be reached: its forward proxy cannot be used", DiagnosisStep.PROXY,
			"The proxy settings cannot be used"),

	/**
	 * The forward proxy refused.
	 */
	PROXY("cannot be reached through the proxy", DiagnosisStep.PROXY, "ProxyConnectException"),

	/**
	 * No such host.
	 */
	UNKNOWN_HOST("is not a known host name (flyte.platform.url)", DiagnosisStep.DNS, "Unable to resolve host "),

	/**
	 * A call that waited for the addresses of its host until its deadline ended, as
	 * gRPC's {@code DelayedClientCall} says it.
	 */
	UNRESOLVED(
			"could not be looked up before the deadline of the call: the name servers do not answer"
					+ " (flyte.platform.url, flyte.channel.deadline)",
			DiagnosisStep.DNS, "Deadline CallOptions was exceeded ", "Deadline Context was exceeded "),

	/**
	 * Nobody listens where the forward proxy should be.
	 */
	PROXY_UNREACHABLE(
			"cannot be reached, since nothing listens where the proxy should be (flyte.platform.http-proxy-url,"
					+ " https.proxyHost or HTTPS_PROXY)",
			DiagnosisStep.TCP, "java.net.ConnectException", "ConnectTimeoutException", "NoRouteToHostException"),

	/**
	 * Nobody listens. Of a Unix domain socket there is no file then.
	 */
	UNREACHABLE("cannot be reached: nothing listens there, or the network does not let it through (flyte.platform.url)",
			DiagnosisStep.TCP, "java.net.ConnectException", "ConnectTimeoutException", "NoRouteToHostException",
			"java.io.FileNotFoundException"),

	/**
	 * A connection that ended without a reason. A TLS server says nothing more to
	 * plaintext.
	 */
	CLOSED("closed the connection: it is stopping, or the port is a wrong one that does not speak gRPC, as one of"
			+ " HTTP/1.1 (flyte.platform.url), or it speaks TLS and flyte.platform.insecure should be false",
			DiagnosisStep.HTTP_2, "Network closed for unknown reason", "Connection reset"),

	/**
	 * A call that still waited for a connection when its deadline ended, as gRPC's
	 * {@code DelayedClientTransport} says it.
	 */
	SILENT("gave no connection before the deadline of the call: what listens there is silent and no gRPC server, or the"
			+ " network drops what is sent (flyte.platform.url, flyte.channel.deadline)", DiagnosisStep.TCP);

	private static final String OUR_PACKAGES = "io.flyteconnect.";

	private final String meaning;

	private final DiagnosisStep step;

	private final List<String> symptoms;

	ConnectionDiagnosis(String meaning, DiagnosisStep step, String... symptoms) {
		this.meaning = meaning;
		this.step = step;
		this.symptoms = List.of(symptoms);
	}

	/**
	 * Explain the end of a call.
	 * @param status how the call ended
	 * @param connection what is known of the connection
	 * @return the same cause, and the same code but for a login's page; the description
	 * says what it means where that is known
	 */
	static Status explain(Status status, FailedConnection connection) {
		if (status.isOk() || isExplained(status)) {
			return status;
		}
		StatusText texts = StatusText.of(status);
		String meaning = meaning(status, texts, connection);
		return (meaning != null) ? code(status, connection).withDescription(connection.endpoint() + " " + meaning)
				: status;
	}

	/**
	 * Return the step at which the connection failed.
	 * @param status how a call ended, explained or not
	 * @return the step, empty if the connection is not known to have failed
	 */
	static Optional<DiagnosisStep> step(Status status) {
		return find(status).map((found) -> found.step);
	}

	/**
	 * Return whether a connection was tried at all.
	 * @param status how a call ended, explained or not
	 * @return whether it was, or nothing is known of it
	 */
	static boolean isTried(Status status) {
		return find(status).filter((found) -> found == UNUSABLE_PROXY).isEmpty();
	}

	private static Optional<ConnectionDiagnosis> find(Status status) {
		StatusText texts = StatusText.of(status);
		return Stream.of(values())
			.filter((diagnosis) -> texts.outermost().contains(diagnosis.withoutProperties()))
			.findFirst()
			.or(() -> Stream.of(values()).filter((diagnosis) -> diagnosis.fits(texts)).findFirst());
	}

	// gRPC takes a redirect for UNKNOWN, which may pass by itself.
	private static Status code(Status status, FailedConnection connection) {
		HttpAnswer answer = HttpAnswer.of(status);
		return (answer != null && answer.isLoginPage(connection.endpoint(), connection.plaintext()))
				? Status.UNAUTHENTICATED.withCause(status.getCause()) : status;
	}

	private static @Nullable String meaning(Status status, StatusText texts, FailedConnection connection) {
		HttpAnswer answer = HttpAnswer.of(status);
		if (answer != null) {
			return answer.meaning(connection.endpoint(), connection.plaintext()) + ": " + texts.detail();
		}
		Throwable cause = status.getCause();
		String handshake = (cause != null && !connection.plaintext()) ? connection.handshake().apply(cause) : null;
		if (handshake != null) {
			return handshake + ": " + texts.detail();
		}
		for (ConnectionDiagnosis diagnosis : values()) {
			if (diagnosis.fits(texts) && diagnosis.isPossible(connection)) {
				if (diagnosis == REFUSED_PROXY && connection.route() != null) {
					return diagnosis.meaning + " " + connection.route() + ": " + connection.route().held();
				}
				return diagnosis.meaning + diagnosis.more(status, connection) + ": " + texts.detail();
			}
		}
		return null;
	}

	private String more(Status status, FailedConnection connection) {
		return switch (this) {
			case PROXY_UNREACHABLE -> ": " + connection.route();
			case UNKNOWN_HOST, UNREACHABLE ->
				(connection.hint() != null) ? ", or a proxy is needed: " + connection.hint() : "";
			case PROXY -> refusal(status, connection);
			default -> "";
		};
	}

	private static String refusal(Status status, FailedConnection connection) {
		ProxyRoute route = connection.route();
		String named = (route != null) ? " " + route : "";
		for (Throwable cause = status.getCause(); cause != null; cause = cause.getCause()) {
			if (ProxyRefusalInterceptor.isRefusal(cause) && cause instanceof HttpProxyConnectException refusal
					&& route != null) {
				return named + ", as " + route.refused(ProxyRefusalInterceptor.offered(refusal));
			}
		}
		return named;
	}

	/**
	 * A login that failed says so itself, and is about another server.
	 */
	private static boolean isExplained(Status status) {
		Throwable cause = status.getCause();
		return cause != null && !(cause instanceof ProxyRefusedException)
				&& cause.getClass().getName().startsWith(OUR_PACKAGES);
	}

	private boolean isPossible(FailedConnection connection) {
		return switch (this) {
			case CLOSED, TLS_PORT, HTTP_1_PLAINTEXT -> connection.plaintext();
			case PROXY_UNREACHABLE -> connection.route() != null;
			case REFUSED_PROXY -> connection.route() != null && connection.route().held() != null;
			default -> true;
		};
	}

	private boolean fits(StatusText texts) {
		return (this == SILENT) ? texts.isStillConnecting() : this.symptoms.stream().anyMatch(texts::has);
	}

	/**
	 * What comes before the first property, whose name and origin depend on the
	 * connection.
	 */
	private String withoutProperties() {
		int property = this.meaning.indexOf("flyte.");
		return (property < 0) ? this.meaning : this.meaning.substring(0, property);
	}

}
