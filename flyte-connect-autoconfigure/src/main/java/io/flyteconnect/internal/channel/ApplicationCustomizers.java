package io.flyteconnect.internal.channel;

import java.util.List;

import io.grpc.netty.NettyChannelBuilder;
import org.springframework.boot.grpc.client.autoconfigure.GrpcClientAutoConfiguration;
import org.springframework.boot.util.LambdaSafe;
import org.springframework.grpc.client.GrpcChannelBuilderCustomizer;

/**
 * The customizers that the application itself defines. They are beans of any builder
 * type; one that is for another type of builder is passed over, as Spring Boot does.
 */
class ApplicationCustomizers implements GrpcChannelBuilderCustomizer<NettyChannelBuilder> {

	private final List<? extends GrpcChannelBuilderCustomizer<?>> customizers;

	ApplicationCustomizers(List<? extends GrpcChannelBuilderCustomizer<?>> customizers) {
		this.customizers = customizers.stream().filter((customizer) -> !isOfSpringBoot(customizer)).toList();
	}

	boolean isEmpty() {
		return this.customizers.isEmpty();
	}

	// Spring Boot's own apply spring.grpc.client.channel.default.* to any target that has
	// no entry of its own there, and their class cannot be named from outside.
	private static boolean isOfSpringBoot(GrpcChannelBuilderCustomizer<?> customizer) {
		return customizer.getClass().getPackageName().equals(GrpcClientAutoConfiguration.class.getPackageName());
	}

	@Override
	@SuppressWarnings("unchecked")
	public void customize(String target, NettyChannelBuilder builder) {
		LambdaSafe.callbacks(GrpcChannelBuilderCustomizer.class, this.customizers, builder)
			.withLogger(ApplicationCustomizers.class)
			.invoke((customizer) -> customizer.customize(target, builder));
	}

}
