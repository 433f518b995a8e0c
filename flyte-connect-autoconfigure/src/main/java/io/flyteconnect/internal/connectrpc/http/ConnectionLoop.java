package io.flyteconnect.internal.connectrpc.http;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.resolver.DefaultNameResolver;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ImmediateEventExecutor;

import io.flyteconnect.internal.http.HttpConnector;

/**
 * The one thread of the connections to a server, which begins with the first task.
 */
final class ConnectionLoop {

	private final String server;

	private final EventLoopGroup group;

	private final EventLoop eventLoop;

	private final HttpConnector connector;

	ConnectionLoop(HttpSettings settings) {
		this.server = settings.host() + ":" + settings.port();
		this.group = new MultiThreadIoEventLoopGroup(1, daemons("connect"), NioIoHandler.newFactory());
		this.eventLoop = this.group.next();
		this.connector = new HttpConnector(this.group, new DefaultNameResolver(ImmediateEventExecutor.INSTANCE),
				daemons("dns"), (int) settings.connectTimeout().toMillis(), PooledByteBufAllocator.DEFAULT);
	}

	private ThreadFactory daemons(String purpose) {
		return (task) -> {
			Thread thread = new FastThreadLocalThread(task, "flyte-" + purpose + "-" + this.server);
			thread.setDaemon(true);
			return thread;
		};
	}

	EventLoop eventLoop() {
		return this.eventLoop;
	}

	HttpConnector connector() {
		return this.connector;
	}

	/**
	 * Run a task on the event loop.
	 * @param task the task
	 * @return {@code false} if the event loop has ended
	 */
	boolean execute(Runnable task) {
		if (this.eventLoop.inEventLoop()) {
			task.run();
			return true;
		}
		try {
			this.eventLoop.execute(task);
			return true;
		}
		catch (RejectedExecutionException ex) {
			return false;
		}
	}

	Future<?> end() {
		return this.group.shutdownGracefully(0, 5, TimeUnit.SECONDS);
	}

}
