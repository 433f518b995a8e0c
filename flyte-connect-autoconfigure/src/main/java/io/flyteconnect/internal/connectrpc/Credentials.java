package io.flyteconnect.internal.connectrpc;

import java.util.function.Consumer;

import io.grpc.CallCredentials;
import io.grpc.Metadata;
import io.grpc.Status;

/**
 * Takes the credentials of a call, or that there are none.
 */
final class Credentials extends CallCredentials.MetadataApplier {

	private final Metadata headers;

	private final Consumer<Metadata> complete;

	private final Consumer<Status> failed;

	Credentials(Metadata headers, Consumer<Metadata> complete, Consumer<Status> failed) {
		this.headers = headers;
		this.complete = complete;
		this.failed = failed;
	}

	@Override
	public void apply(Metadata credentials) {
		this.headers.merge(credentials);
		this.complete.accept(this.headers);
	}

	@Override
	public void fail(Status status) {
		this.failed.accept(status);
	}

}
