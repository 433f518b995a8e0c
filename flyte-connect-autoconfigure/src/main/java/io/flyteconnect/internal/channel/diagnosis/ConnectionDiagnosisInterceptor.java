package io.flyteconnect.internal.channel.diagnosis;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusException;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.config.Endpoint;
import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.internal.channel.AdminProbe;
import io.flyteconnect.internal.libraries.Libraries;
import io.flyteconnect.internal.proxy.ProxyRoute;
import io.flyteconnect.internal.proxy.ProxyRoutes;
import io.flyteconnect.internal.tls.TrustMaterial;

/**
 * Says in plain words why a call did not reach Flyte Admin. Code, cause and trailers stay
 * as gRPC gave them.
 *
 * @param endpoint where Flyte Admin should be
 * @param trust whom the connection trusts
 * @param routes which proxy leads there
 */
public record ConnectionDiagnosisInterceptor(Endpoint endpoint, TrustMaterial trust,
		ProxyRoutes routes) implements ClientInterceptor {

	@Override
	public <Q, R> ClientCall<Q, R> interceptCall(MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
		return new SimpleForwardingClientCall<>(next.newCall(method, options)) {

			@Override
			public void start(Listener<R> listener, Metadata headers) {
				linked(() -> super.start(new DiagnosisListener<>(listener, method, options, next), headers));
			}

			@Override
			public void sendMessage(Q message) {
				linked(() -> super.sendMessage(message));
			}

		};
	}

	/**
	 * Libraries that do not fit together often meet at the first call only.
	 */
	private void linked(Runnable step) {
		try {
			step.run();
		}
		catch (LinkageError ex) {
			String explanation = Libraries.explain(ex);
			if (explanation == null) {
				throw ex;
			}
			throw Status.INTERNAL.withDescription(explanation + ". " + Libraries.remedy())
				.withCause(ex)
				.asRuntimeException();
		}
	}

	private Status explain(Status status) {
		if (status.isOk()) {
			return status;
		}
		if (status.getCode() == Status.Code.DEADLINE_EXCEEDED && status.getCause() instanceof StatusException attempt) {
			Status last = attempt.getStatus();
			return late(StatusOrigin.isServer(attempt) ? last : explain(last), status);
		}
		String libraries = (status.getCause() != null) ? Libraries.explain(status.getCause()) : null;
		if (libraries != null) {
			return status.withDescription(libraries + ". " + Libraries.remedy());
		}
		String host = this.endpoint.host();
		String hint = (host != null) ? hint(host) : null;
		return ConnectionDiagnosis.explain(status,
				new FailedConnection(this.endpoint, this.trust.plaintext(), route(), hint, this.trust::explain));
	}

	private static Status late(Status last, Status status) {
		String why = ConnectionDiagnosis.firstLine(last);
		return status.withDescription(
				"The deadline of the call ended while it was sent again. Its last attempt ended by " + last.getCode()
						+ (why.isEmpty() ? "" : ": " + why) + " (" + ConnectionDiagnosis.firstLine(status) + ")");
	}

	/**
	 * Return the way through the proxy.
	 * @return the way, or {@code null} if there is none
	 */
	public @Nullable ProxyRoute route() {
		String host = this.endpoint.host();
		try {
			return (host != null) ? this.routes.routeForGrpc(host, this.endpoint.port()) : null;
		}
		catch (InvalidFlyteConfigurationException ex) {
			// That is why the call failed.
			return null;
		}
	}

	private @Nullable String hint(String host) {
		try {
			return this.routes.hint(host, this.endpoint.port());
		}
		catch (InvalidFlyteConfigurationException ex) {
			return null;
		}
	}

	private final class DiagnosisListener<R> extends SimpleForwardingClientCallListener<R> {

		private final MethodDescriptor<?, ?> method;

		private final CallOptions options;

		private final Channel channel;

		private volatile boolean answered;

		DiagnosisListener(ClientCall.Listener<R> delegate, MethodDescriptor<?, ?> method, CallOptions options,
				Channel channel) {
			super(delegate);
			this.method = method;
			this.options = options;
			this.channel = channel;
		}

		@Override
		public void onHeaders(Metadata headers) {
			this.answered = true;
			super.onHeaders(headers);
		}

		@Override
		public void onClose(Status status, Metadata trailers) {
			if (AdminProbe.isSuspected(this.method, status)) {
				AdminProbe.ask(this.method, status, this.options, this.channel, (meaning) -> super.onClose(
						(meaning != null) ? noAdmin(status, meaning) : said(status, trailers), trailers));
			}
			else {
				super.onClose(said(status, trailers), trailers);
			}
		}

		private Status said(Status status, Metadata trailers) {
			return StatusOrigin.isServer(status, trailers, this.answered) ? status : explain(status);
		}

		private Status noAdmin(Status status, String meaning) {
			String text = ConnectionDiagnosis.firstLine(status);
			return status.withDescription(
					ConnectionDiagnosisInterceptor.this.endpoint + " " + meaning + (text.isEmpty() ? "" : ": " + text));
		}

	}

}
