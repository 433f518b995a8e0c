package io.flyteconnect.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import flyteidl.admin.VersionOuterClass.GetVersionRequest;
import flyteidl.admin.VersionOuterClass.GetVersionResponse;
import flyteidl.admin.VersionOuterClass.Version;
import flyteidl.service.AdminServiceGrpc;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import org.jspecify.annotations.Nullable;

/**
 * A Flyte Admin without a login that tells its version, fails, or says nothing for as
 * long as it is told to hang.
 */
public final class VersionServer implements AutoCloseable {

	/** The version that it tells. */
	public static final String VERSION = "v1.16.4";

	/** How often it was asked. */
	public final AtomicInteger calls = new AtomicInteger();

	/** How often it has answered. */
	public final AtomicInteger answers = new AtomicInteger();

	/** How it fails, {@code null} if it does not. */
	public volatile @Nullable Status failure;

	private volatile CountDownLatch hanging = new CountDownLatch(0);

	private final Server server;

	/**
	 * Start a server on a free port.
	 */
	public VersionServer() {
		try {
			this.server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
				.addService(new Admin())
				.build()
				.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public int port() {
		return this.server.getPort();
	}

	/**
	 * Answer nothing from now on.
	 */
	public void hang() {
		this.hanging = new CountDownLatch(1);
	}

	/**
	 * Answer what was asked and will be.
	 */
	public void goOn() {
		this.hanging.countDown();
	}

	@Override
	public void close() throws InterruptedException {
		goOn();
		this.server.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
	}

	private final class Admin extends AdminServiceGrpc.AdminServiceImplBase {

		@Override
		public void getVersion(GetVersionRequest request, StreamObserver<GetVersionResponse> observer) {
			VersionServer.this.calls.incrementAndGet();
			try {
				VersionServer.this.hanging.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			VersionServer.this.answers.incrementAndGet();
			Status failing = VersionServer.this.failure;
			if (failing != null) {
				observer.onError(failing.asRuntimeException());
				return;
			}
			observer.onNext(GetVersionResponse.newBuilder()
				.setControlPlaneVersion(Version.newBuilder().setVersion(VERSION))
				.build());
			observer.onCompleted();
		}

	}

}
