package io.flyteconnect.test.admin;

import java.util.function.Supplier;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;

/**
 * Gives the answer of a unary call, or its error.
 */
final class Answers {

	private Answers() {
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
