package io.flyteconnect.test;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;

/**
 * Carries out what {@link ServerBehaviour} says, before any token is looked at.
 */
class BehaviourInterceptor implements ServerInterceptor {

	private final ServerBehaviour behaviour;

	BehaviourInterceptor(ServerBehaviour behaviour) {
		this.behaviour = behaviour;
	}

	@Override
	public <Q, A> ServerCall.Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata metadata,
			ServerCallHandler<Q, A> next) {
		String method = call.getMethodDescriptor().getFullMethodName();
		if (this.behaviour.lacksProxyAuthorization(metadata)) {
			// gRPC clients map the proxy's HTTP 401 to this.
			return refuse(call,
					Status.UNAUTHENTICATED.withDescription("Invalid IAP credentials: empty or unknown token"),
					new Metadata());
		}
		if (!pause(method)) {
			return refuse(call, Status.CANCELLED.withDescription("The test server stops"), new Metadata());
		}
		ServerBehaviour.Failure failure = this.behaviour.nextFailure(method);
		if (failure != null) {
			return refuse(call, failure.status(), failure.trailers());
		}
		return next.startCall(call, metadata);
	}

	private boolean pause(String method) {
		try {
			Thread.sleep(this.behaviour.delayOf(method).toMillis());
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	private <Q> ServerCall.Listener<Q> refuse(ServerCall<Q, ?> call, Status status, Metadata trailers) {
		call.close(status, trailers);
		return new ServerCall.Listener<>() {
		};
	}

}
