package io.flyteconnect.internal.connectrpc.http;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * The calls that wait for a connection, in the order in which they came.
 */
final class WaitingCalls {

	private final Deque<HttpCall> calls = new ArrayDeque<>();

	void add(HttpCall call) {
		this.calls.add(call);
	}

	void remove(HttpCall call) {
		this.calls.remove(call);
	}

	HttpCall next() {
		return this.calls.remove();
	}

	int size() {
		return this.calls.size();
	}

	boolean isEmpty() {
		return this.calls.isEmpty();
	}

	/**
	 * Fail those that waited for a connection, but for the patient ones.
	 * @param failure why there is none
	 * @param one whether only the first waited for this one
	 */
	void fail(HttpCallException failure, boolean one) {
		List<HttpCall> failed = new ArrayList<>();
		for (Iterator<HttpCall> rest = this.calls.iterator(); rest.hasNext() && !(one && !failed.isEmpty());) {
			HttpCall call = rest.next();
			if (!call.isPatient()) {
				rest.remove();
				failed.add(call);
			}
		}
		failed.forEach((call) -> call.fail(failure));
	}

	/**
	 * Fail all.
	 * @param failure why
	 */
	void failAll(HttpCallException failure) {
		List<HttpCall> all = List.copyOf(this.calls);
		this.calls.clear();
		all.forEach((call) -> call.fail(failure));
	}

}
