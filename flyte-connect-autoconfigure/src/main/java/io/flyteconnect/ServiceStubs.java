package io.flyteconnect;

import io.grpc.stub.AbstractAsyncStub;
import io.grpc.stub.AbstractBlockingStub;
import io.grpc.stub.AbstractFutureStub;

/**
 * The generated stubs of one Flyte service, all on the same authenticated channel.
 * Immutable and safe for use by several threads.
 *
 * @param <B> the blocking stub
 * @param <V> the blocking stub whose exceptions are checked (gRPC's "blocking v2")
 * @param <F> the stub that returns futures
 * @param <A> the asynchronous stub
 * @param blocking waits for the response and throws {@code StatusRuntimeException}
 * @param blockingV2 waits for the response and throws the checked {@code StatusException}
 * @param future returns a {@code ListenableFuture}
 * @param async calls a {@code StreamObserver}
 * @since 0.1.0
 */
public record ServiceStubs<B extends AbstractBlockingStub<B>, V extends AbstractBlockingStub<V>, F extends AbstractFutureStub<F>, A extends AbstractAsyncStub<A>>(
		B blocking, V blockingV2, F future, A async) {

}
