#!/usr/bin/env bash
# Spring gRPC 1.1.0 (Maven Central): the end of a NettyGrpcChannelFactory on a thread that is interrupted.
#
# A call is under way to a server that does not answer; the grace period is 10 s. The thread that calls destroy() is interrupted.
# Seen: the channel is shut down at once, as one would wish, and the thread's interrupt is gone afterwards, so whatever it does next
# does not learn of it. Code that ends a channel in such a factory has to keep the interrupt itself.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat > pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
	<modelVersion>4.0.0</modelVersion>
	<groupId>example</groupId>
	<artifactId>interrupted-end</artifactId>
	<version>1</version>
	<dependencyManagement>
		<dependencies>
			<dependency><groupId>io.grpc</groupId><artifactId>grpc-bom</artifactId><version>1.80.0</version><type>pom</type><scope>import</scope></dependency>
		</dependencies>
	</dependencyManagement>
	<dependencies>
		<dependency><groupId>org.springframework.grpc</groupId><artifactId>spring-grpc-core</artifactId><version>1.1.0</version></dependency>
		<dependency><groupId>io.grpc</groupId><artifactId>grpc-netty</artifactId><version>1.80.0</version></dependency>
		<dependency><groupId>io.grpc</groupId><artifactId>grpc-services</artifactId><version>1.80.0</version></dependency>
		<dependency><groupId>org.springframework</groupId><artifactId>spring-context</artifactId><version>7.0.8</version></dependency>
	</dependencies>
</project>
POM
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib
cat > InterruptedEnd.java <<'JAVA'
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.grpc.client.ChannelBuilderOptions;
import org.springframework.grpc.client.ClientInterceptorsConfigurer;
import org.springframework.grpc.client.NettyGrpcChannelFactory;

class InterruptedEnd {

	public static void main(String[] args) throws Exception {
		CountDownLatch called = new CountDownLatch(1);
		Server server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
			.addService(new HealthGrpc.HealthImplBase() {

				@Override
				public void check(HealthCheckRequest request, StreamObserver<HealthCheckResponse> answer) {
					called.countDown();
				}

			})
			.build()
			.start();
		NettyGrpcChannelFactory factory = new NettyGrpcChannelFactory(List.of(),
				new ClientInterceptorsConfigurer(new StaticApplicationContext()));
		ManagedChannel channel = factory.createChannel("localhost:" + server.getPort(),
				ChannelBuilderOptions.defaults().withShutdownGracePeriod(Duration.ofSeconds(10)));
		HealthGrpc.newFutureStub(channel).check(HealthCheckRequest.getDefaultInstance());
		called.await();
		Thread.currentThread().interrupt();
		factory.destroy();
		System.out.println("spring-grpc 1.1.0: channel shut down " + channel.isShutdown() + ", thread still interrupted "
				+ Thread.interrupted());
		server.shutdownNow();
	}

}
JAVA
seen=$(java -cp 'lib/*' InterruptedEnd.java 2>/dev/null)
echo "$seen"
[ "$seen" = "spring-grpc 1.1.0: channel shut down true, thread still interrupted false" ] || { echo "This has changed." >&2; exit 1; }
