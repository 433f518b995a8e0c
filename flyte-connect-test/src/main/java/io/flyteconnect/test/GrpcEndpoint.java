package io.flyteconnect.test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ssl.SSLException;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerInterceptor;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslProvider;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.test.tls.TestCertificates;

/**
 * A gRPC server on a free loopback port with threads of its own, all of which end with
 * it.
 */
class GrpcEndpoint implements Endpoint {

	private static final int MAX_MESSAGE_SIZE = 20 * 1024 * 1024;

	private final ConnectionCounter connections = new ConnectionCounter();

	private final EventLoopGroup eventLoops;

	private final ExecutorService executor;

	private final Server server;

	private final int port;

	GrpcEndpoint(List<BindableService> services, List<ServerInterceptor> interceptors,
			@Nullable TestCertificates certificates, boolean clientCertificates) {
		this.eventLoops = new MultiThreadIoEventLoopGroup(2, threads("flyte-test-server-io-"),
				NioIoHandler.newFactory());
		this.executor = Executors.newCachedThreadPool(threads("flyte-test-server-call-"));
		try {
			NettyServerBuilder builder = NettyServerBuilder
				.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
				.channelType(NioServerSocketChannel.class)
				.bossEventLoopGroup(this.eventLoops)
				.workerEventLoopGroup(this.eventLoops)
				.executor(this.executor)
				.maxInboundMessageSize(MAX_MESSAGE_SIZE)
				.addTransportFilter(this.connections);
			if (certificates != null) {
				builder.sslContext(sslContext(certificates, clientCertificates));
			}
			services.forEach(builder::addService);
			// The last interceptor of a builder is the first to be asked.
			for (int i = interceptors.size() - 1; i >= 0; i--) {
				builder.intercept(interceptors.get(i));
			}
			this.server = builder.build().start();
			this.port = this.server.getPort();
		}
		catch (IOException ex) {
			stopThreads();
			throw new IllegalStateException("The test server did not start", ex);
		}
	}

	private SslContext sslContext(TestCertificates certificates, boolean clientCertificates) throws SSLException {
		return GrpcSslContexts
			.configure(GrpcSslContexts.forServer(certificates.serverCertificate().toFile(),
					certificates.serverKey().toFile()), SslProvider.JDK)
			.trustManager(certificates.caCertificate().toFile())
			.clientAuth(clientCertificates ? ClientAuth.REQUIRE : ClientAuth.NONE)
			.build();
	}

	private static ThreadFactory threads(String prefix) {
		AtomicInteger number = new AtomicInteger();
		return (task) -> {
			Thread thread = new Thread(task, prefix + number.incrementAndGet());
			thread.setDaemon(true);
			return thread;
		};
	}

	@Override
	public int port() {
		return this.port;
	}

	@Override
	public int acceptedConnections() {
		return this.connections.accepted();
	}

	@Override
	public int openConnections() {
		return this.connections.open();
	}

	@Override
	public void stop() {
		this.server.shutdownNow();
		try {
			this.server.awaitTermination(5, TimeUnit.SECONDS);
			// A delayed call still wants to end, for which it needs an event loop.
			this.executor.shutdownNow();
			this.executor.awaitTermination(5, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		stopThreads();
	}

	private void stopThreads() {
		this.executor.shutdownNow();
		this.eventLoops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
	}

}
