package io.flyteconnect.testsupport;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.grpc.ClientInterceptor;

import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.internal.call.CallInterceptors;
import io.flyteconnect.internal.call.CallsUnderWay;
import io.flyteconnect.internal.call.authorization.CallAuthorization;
import io.flyteconnect.internal.channel.diagnosis.FailedCallDiagnosis;
import io.flyteconnect.internal.channel.reconnect.ConnectionMonitor;
import io.flyteconnect.internal.proxy.ProxyRoutes;
import io.flyteconnect.internal.tls.TrustMaterial;

/**
 * Puts tokens on the calls of a channel that a test has made itself.
 */
public final class LoginCalls {

	private LoginCalls() {
	}

	/**
	 * Return what wraps a call.
	 * @param config the settings of the connection
	 * @param authorization puts tokens on calls
	 * @param nearest what sees a call last
	 * @return the interceptors in their order
	 */
	public static List<ClientInterceptor> interceptors(PlatformConfig config, CallAuthorization authorization,
			ClientInterceptor... nearest) {
		FailedCallDiagnosis diagnosis = new FailedCallDiagnosis(config.endpoint(),
				TrustMaterial.of(config.name(), config.tls(), null), ProxyRoutes.of(config.httpProxy(), Map.of()),
				config.origins());
		ConnectionMonitor monitor = new ConnectionMonitor(config.endpoint().toString(), (headers) -> {
		}, Duration.ZERO);
		return new CallInterceptors(new CallsUnderWay(), Duration.ZERO, authorization, null, diagnosis, monitor)
			.inOrder(List.of(), List.of(nearest));
	}

}
