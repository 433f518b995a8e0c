package io.flyteconnect.internal.connectrpc;

import io.grpc.Attributes;
import io.grpc.CallCredentials;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.SecurityLevel;

/**
 * What credentials may know of a call.
 */
final class CallFacts extends CallCredentials.RequestInfo {

	private final MethodDescriptor<?, ?> method;

	private final CallOptions options;

	private final String authority;

	private final boolean encrypted;

	CallFacts(MethodDescriptor<?, ?> method, CallOptions options, String authority, boolean encrypted) {
		this.method = method;
		this.options = options;
		this.authority = authority;
		this.encrypted = encrypted;
	}

	@Override
	public MethodDescriptor<?, ?> getMethodDescriptor() {
		return this.method;
	}

	@Override
	public CallOptions getCallOptions() {
		return this.options;
	}

	@Override
	public SecurityLevel getSecurityLevel() {
		return this.encrypted ? SecurityLevel.PRIVACY_AND_INTEGRITY : SecurityLevel.NONE;
	}

	@Override
	public String getAuthority() {
		String authority = this.options.getAuthority();
		return (authority != null) ? authority : this.authority;
	}

	@Override
	public Attributes getTransportAttrs() {
		return Attributes.EMPTY;
	}

}
