package io.flyteconnect.test;

import java.util.concurrent.atomic.AtomicInteger;

import io.grpc.Attributes;
import io.grpc.ServerTransportFilter;

/**
 * Counts the connections of clients.
 */
class ConnectionCounter extends ServerTransportFilter {

	private final AtomicInteger accepted = new AtomicInteger();

	private final AtomicInteger open = new AtomicInteger();

	@Override
	public Attributes transportReady(Attributes attributes) {
		this.accepted.incrementAndGet();
		this.open.incrementAndGet();
		return attributes;
	}

	@Override
	public void transportTerminated(Attributes attributes) {
		this.open.decrementAndGet();
	}

	int accepted() {
		return this.accepted.get();
	}

	int open() {
		return this.open.get();
	}

}
