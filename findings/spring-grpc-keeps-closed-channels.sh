#!/usr/bin/env bash
# Spring gRPC 1.1.0 (Maven Central): channels of a NettyGrpcChannelFactory that their user has shut down.
#
# A factory keeps each channel that it has made, for its own end, and has no way to give one back.
# Seen: 50 channels that have been made one after the other, shut down and let go of are all still held, with their settings; after
# destroy() as well. An application that opens connections as it runs needs a factory for each, to be let go of together with it.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat > pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
	<modelVersion>4.0.0</modelVersion>
	<groupId>example</groupId>
	<artifactId>closed-channels</artifactId>
	<version>1</version>
	<dependencyManagement>
		<dependencies>
			<dependency><groupId>io.grpc</groupId><artifactId>grpc-bom</artifactId><version>1.80.0</version><type>pom</type><scope>import</scope></dependency>
		</dependencies>
	</dependencyManagement>
	<dependencies>
		<dependency><groupId>org.springframework.grpc</groupId><artifactId>spring-grpc-core</artifactId><version>1.1.0</version></dependency>
		<dependency><groupId>io.grpc</groupId><artifactId>grpc-netty</artifactId><version>1.80.0</version></dependency>
		<dependency><groupId>io.grpc</groupId><artifactId>grpc-stub</artifactId><version>1.80.0</version></dependency>
		<dependency><groupId>org.springframework</groupId><artifactId>spring-context</artifactId><version>7.0.8</version></dependency>
	</dependencies>
</project>
POM
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib
cat > ClosedChannels.java <<'JAVA'
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.grpc.ManagedChannel;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.grpc.client.ChannelBuilderOptions;
import org.springframework.grpc.client.ClientInterceptorsConfigurer;
import org.springframework.grpc.client.NettyGrpcChannelFactory;

class ClosedChannels {

	public static void main(String[] args) throws InterruptedException {
		NettyGrpcChannelFactory factory = new NettyGrpcChannelFactory(List.of(),
				new ClientInterceptorsConfigurer(new StaticApplicationContext()));
		List<WeakReference<ManagedChannel>> closed = new ArrayList<>();
		for (int i = 0; i < 50; i++) {
			ManagedChannel channel = factory.createChannel("localhost:1", ChannelBuilderOptions.defaults());
			channel.shutdownNow();
			channel.awaitTermination(10, TimeUnit.SECONDS);
			closed.add(new WeakReference<>(channel));
		}
		System.out.println("spring-grpc 1.1.0: " + held(closed) + " of 50 closed channels held");
		factory.destroy();
		System.out.println("after destroy(): " + held(closed));
		java.lang.ref.Reference.reachabilityFence(factory);
		factory = null;
		System.out.println("without the factory: " + held(closed));
	}

	private static long held(List<WeakReference<ManagedChannel>> channels) throws InterruptedException {
		for (int i = 0; i < 5; i++) {
			System.gc();
			Thread.sleep(100);
		}
		return channels.stream().filter((channel) -> channel.get() != null).count();
	}

}
JAVA
seen=$(java -cp 'lib/*' ClosedChannels.java 2>/dev/null)
echo "$seen"
[ "$seen" = "spring-grpc 1.1.0: 50 of 50 closed channels held
after destroy(): 50
without the factory: 0" ] || { echo "This has changed." >&2; exit 1; }
