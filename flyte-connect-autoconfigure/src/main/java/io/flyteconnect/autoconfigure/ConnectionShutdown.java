package io.flyteconnect.autoconfigure;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.DestructionAwareBeanPostProcessor;
import org.springframework.context.ConfigurableApplicationContext;

import io.flyteconnect.FlyteConnection;

/**
 * Closes the connections of an application that ends. Spring destroys beans one after the
 * other, each connection once what calls Flyte with it is gone: the time that calls under
 * way have begins with the first of them, so that many connections take no longer than
 * one.
 */
class ConnectionShutdown implements DestructionAwareBeanPostProcessor {

	private final ConfigurableApplicationContext context;

	private @Nullable Long begin;

	ConnectionShutdown(ConfigurableApplicationContext context) {
		this.context = context;
	}

	@Override
	public boolean requiresDestruction(Object bean) {
		return bean instanceof FlyteConnection;
	}

	@Override
	public void postProcessBeforeDestruction(Object bean, String beanName) {
		if (bean instanceof FlyteConnection connection && this.context.isClosed()) {
			connection.closeWithin(left(connection.config().channel().shutdownGracePeriod()));
		}
	}

	private synchronized Duration left(Duration grace) {
		if (this.begin == null) {
			this.begin = System.nanoTime();
		}
		Duration left = grace.minusNanos(System.nanoTime() - this.begin);
		return left.isNegative() ? Duration.ZERO : left;
	}

}
