package io.flyteconnect.internal.token;

import io.grpc.Status;
import io.grpc.Status.Code;

/**
 * Who may have refused a call: Flyte Admin, or a proxy in front of it that wants a token
 * of its own (Google IAP, an ALB) and says no in plain HTTP or in gRPC.
 */
public enum RejectedBy {

	NOBODY, FLYTE, PROXY, EITHER;

	/** How gRPC describes an answer that is plain HTTP. */
	private static final String HTTP_ANSWER = "HTTP status code ";

	/**
	 * Find out who refused a call.
	 * @param status how it ended
	 * @param proxy whether it carried a token for the proxy
	 * @param callers whether it carried credentials of the caller: what is said of these
	 * must not cost everybody the proxy's token
	 */
	public static RejectedBy of(Status status, boolean proxy, boolean callers) {
		String description = status.getDescription();
		if (proxy && description != null && description.contains(HTTP_ANSWER)
				&& (description.contains(HTTP_ANSWER + "401") || description.contains(HTTP_ANSWER + "403")
						|| description.contains(HTTP_ANSWER + "302"))) {
			return PROXY;
		}
		if (status.getCode() != Code.UNAUTHENTICATED || callers) {
			return NOBODY;
		}
		return proxy ? EITHER : FLYTE;
	}

	/**
	 * Whether what answered speaks no gRPC: a gateway, or a server behind another port.
	 */
	public static boolean isPlainHttp(Status status) {
		return status.getDescription() != null && status.getDescription().contains(HTTP_ANSWER);
	}

	public boolean isFlytePossible() {
		return this == FLYTE || this == EITHER;
	}

	public boolean isProxyPossible() {
		return this == PROXY || this == EITHER;
	}

}
