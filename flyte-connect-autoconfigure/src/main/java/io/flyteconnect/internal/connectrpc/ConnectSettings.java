package io.flyteconnect.internal.connectrpc;

import io.grpc.MethodDescriptor;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.connectrpc.wire.ConnectRequest;
import io.flyteconnect.internal.connectrpc.wire.EncodedMessage;

/**
 * What all calls of a channel have in common.
 *
 * @param authority the host, with the port where it is not that of the scheme
 * @param path what comes before the path of a method, without a slash at its end
 * @param encrypted whether the connections use TLS
 * @param userAgent the user agent
 * @param maxInboundMessageSize the most bytes of a message
 * @param gzip whether requests are compressed
 */
record ConnectSettings(String authority, String path, boolean encrypted, String userAgent, int maxInboundMessageSize,
		boolean gzip) {

	ConnectRequest request(MethodDescriptor<?, ?> method, @Nullable String authority, EncodedMessage message) {
		return new ConnectRequest(this.path + "/" + method.getFullMethodName(),
				(authority != null) ? authority : this.authority, this.userAgent,
				method.getType() == MethodDescriptor.MethodType.SERVER_STREAMING, message);
	}

}
