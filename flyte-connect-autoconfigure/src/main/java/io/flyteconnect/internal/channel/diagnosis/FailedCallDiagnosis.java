package io.flyteconnect.internal.channel.diagnosis;

import java.util.List;
import java.util.function.Consumer;

import io.grpc.Status;
import io.grpc.StatusException;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.config.Endpoint;
import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.config.PlatformConfig.SettingOrigins;
import io.flyteconnect.internal.call.CallDiagnosis;
import io.flyteconnect.internal.channel.AdminProbe;
import io.flyteconnect.internal.libraries.Libraries;
import io.flyteconnect.internal.proxy.ProxyRoute;
import io.flyteconnect.internal.proxy.ProxyRoutes;
import io.flyteconnect.internal.text.SettingNames;
import io.flyteconnect.internal.tls.TrustMaterial;

/**
 * Says in plain words why a call did not reach Flyte Admin. Code, cause and trailers stay
 * as gRPC gave them.
 *
 * @param endpoint where Flyte Admin should be
 * @param trust whom the connection trusts
 * @param routes which proxy leads there
 * @param origins where the settings come from
 */
public record FailedCallDiagnosis(Endpoint endpoint, TrustMaterial trust, ProxyRoutes routes,
		SettingOrigins origins) implements CallDiagnosis {

	@Override
	public RuntimeException explain(LinkageError ex) {
		String explanation = Libraries.explain(ex);
		if (explanation == null) {
			throw ex;
		}
		return Status.INTERNAL.withDescription(explanation + ". " + Libraries.remedy())
			.withCause(ex)
			.asRuntimeException();
	}

	@Override
	public void explain(FailedCall call, Status status, Consumer<Status> explained) {
		if (AdminProbe.isSuspected(call.method(), status)) {
			AdminProbe.ask(call.method(), status, call.options(), call.channel(), (meaning) -> explained
				.accept((meaning != null) ? noAdmin(status, meaning) : explain(call, status)));
		}
		else {
			explained.accept(explain(call, status));
		}
	}

	private Status explain(FailedCall call, Status status) {
		return StatusOrigin.isServer(status, call.trailers(), call.answered()) ? status : explain(status);
	}

	private Status noAdmin(Status status, String meaning) {
		String text = StatusText.firstLine(status);
		return placed(status.withDescription(this.endpoint + " " + meaning + (text.isEmpty() ? "" : ": " + text)));
	}

	// Where a setting that is named first in brackets is set.
	private Status placed(Status status) {
		String text = status.getDescription();
		if (text == null) {
			return status;
		}
		text = SettingNames.of(this.origins::property).in(text);
		for (String name : List.of("platform.url", "platform.http-proxy-url")) {
			String named = "(" + this.origins.property(name);
			String origin = this.origins.origin(name);
			int start = (origin != null) ? text.indexOf(named) : -1;
			if (start >= 0) {
				int end = start + named.length();
				text = text.substring(0, end) + ": " + origin + text.substring(end);
			}
		}
		return status.withDescription(text);
	}

	private Status explain(Status status) {
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
		return placed(ConnectionDiagnosis.explain(status,
				new FailedConnection(this.endpoint, this.trust.plaintext(), route(), hint, this.trust::explain)));
	}

	private static Status late(Status last, Status status) {
		String why = StatusText.firstLine(last);
		return status
			.withDescription("The deadline of the call ended while it was sent again. Its last attempt ended by "
					+ last.getCode() + (why.isEmpty() ? "" : ": " + why) + " (" + StatusText.firstLine(status) + ")");
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

}
