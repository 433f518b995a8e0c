package io.flyteconnect.test.runs;

import java.util.function.Supplier;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;

/**
 * Gives the answer of a unary call, or its error.
 */
final class Answers2 {

	private Answers2() {
	}

	static <A> void answer(StreamObserver<A> observer, Supplier<A> operation) {
		A answer;
		try {
			answer = operation.get();
		}
		catch (StatusRuntimeException ex) {
			observer.onError(ex);
			return;
		}
		observer.onNext(answer);
		observer.onCompleted();
	}

}
