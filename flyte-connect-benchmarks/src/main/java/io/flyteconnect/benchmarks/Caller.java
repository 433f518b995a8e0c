package io.flyteconnect.benchmarks;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import flyteidl.service.AdminServiceGrpc.AdminServiceBlockingStub;
import io.grpc.StatusRuntimeException;

/**
 * Makes the one call that all measurements are made of.
 *
 * @param stub the stub to call
 * @param timeout the deadline of each call
 * @param report takes note of errors
 * @param release what is to be closed in the end
 */
record Caller(AdminServiceBlockingStub stub, Duration timeout, LoadReport report,
		Runnable release) implements AutoCloseable {

	private static final GetVersionRequest REQUEST = GetVersionRequest.getDefaultInstance();

	/**
	 * Call, whatever happens.
	 * @return how it ended
	 */
	String call() {
		try {
			this.stub.withDeadlineAfter(this.timeout.toNanos(), TimeUnit.NANOSECONDS).getVersion(REQUEST);
			return "OK";
		}
		catch (StatusRuntimeException ex) {
			this.report.remember(ex.getStatus().getCode() + ": " + ex.getStatus().getDescription());
			return ex.getStatus().getCode().name();
		}
		catch (Throwable ex) {
			this.report.remember(ex.toString());
			return "PANIC";
		}
	}

	@Override
	public void close() {
		this.release.run();
	}

}
