package io.flyteconnect.test.connectrpc;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerInterceptor;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalIoHandler;
import io.netty.channel.local.LocalServerChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import org.apache.catalina.LifecycleException;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.test.tls.TestCertificates;
import io.flyteconnect.test.web.EmbeddedTomcat;

/**
 * Serves gRPC services on a free loopback port of HTTP/1.1 and HTTP/2. Behind it, they
 * run on a gRPC server in this process, so that interceptors see each call.
 *
 * @since 0.1.0
 */
public final class ConnectServer {

	private static final int MAX_MESSAGE_SIZE = 20 * 1024 * 1024;

	private final ExecutorService executor = Executors.newCachedThreadPool((task) -> {
		Thread thread = new Thread(task, "flyte-test-server-call");
		thread.setDaemon(true);
		return thread;
	});

	private final EventLoopGroup eventLoops = new MultiThreadIoEventLoopGroup(1,
			new DefaultThreadFactory("flyte-test-server-local", true), LocalIoHandler.newFactory());

	private final Server server;

	private final ManagedChannel channel;

	private final EmbeddedTomcat tomcat;

	private final CallServlet servlet;

	private final int port;

	/**
	 * Start a server.
	 * @param services the services
	 * @param interceptors what each call passes, the first one first
	 * @param certificates the certificates, or {@code null} for plaintext
	 * @param clientCertificates whether clients have to show one
	 */
	public ConnectServer(List<BindableService> services, List<ServerInterceptor> interceptors,
			@Nullable TestCertificates certificates, boolean clientCertificates) {
		LocalAddress inside = new LocalAddress(ConnectServer.class);
		NettyServerBuilder builder = NettyServerBuilder.forAddress(inside)
			.channelType(LocalServerChannel.class)
			.bossEventLoopGroup(this.eventLoops)
			.workerEventLoopGroup(this.eventLoops)
			.executor(this.executor)
			.maxInboundMessageSize(MAX_MESSAGE_SIZE);
		services.forEach(builder::addService);
		// The last interceptor of a builder is the first to be asked.
		for (int i = interceptors.size() - 1; i >= 0; i--) {
			builder.intercept(interceptors.get(i));
		}
		this.channel = NettyChannelBuilder.forAddress(inside)
			.channelType(LocalChannel.class)
			.eventLoopGroup(this.eventLoops)
			.usePlaintext()
			.executor(this.executor)
			.maxInboundMessageSize(MAX_MESSAGE_SIZE)
			.build();
		this.tomcat = new EmbeddedTomcat("flyte-test-server", certificates);
		try {
			this.server = builder.build().start();
			this.servlet = new CallServlet(this.channel, this.server.getServices());
			if (certificates != null && clientCertificates) {
				this.tomcat.requireClientCertificates(certificates);
			}
			this.tomcat.addHttp2();
			this.tomcat.add("/*", "calls", this.servlet);
			this.port = this.tomcat.bind();
			this.tomcat.start();
		}
		catch (LifecycleException | IOException ex) {
			this.tomcat.stop();
			stopThreads();
			throw new IllegalStateException("The test server did not start", ex);
		}
	}

	/**
	 * Return the port.
	 * @return the port on the loopback
	 */
	public int port() {
		return this.port;
	}

	/**
	 * Return how many connections there were a call came over.
	 * @return their number
	 */
	public int usedConnections() {
		return this.servlet.usedConnections();
	}

	/**
	 * Return how many connections are open.
	 * @return their number
	 */
	public int openConnections() {
		return this.tomcat.openConnections();
	}

	/**
	 * End all calls, and give the port back.
	 */
	public void stop() {
		this.server.shutdownNow();
		this.channel.shutdownNow();
		this.tomcat.stop();
		try {
			this.channel.awaitTermination(5, TimeUnit.SECONDS);
			this.server.awaitTermination(5, TimeUnit.SECONDS);
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
