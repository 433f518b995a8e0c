#!/usr/bin/env bash
# grpc-java 1.80.0 (Maven Central), a retry policy with perAttemptRecvTimeout in the service config.
#
# The policy is accepted without a word: three attempts, each of 0.2 s, DEADLINE_EXCEEDED among the statuses to retry.
# Seen: a server that leaves the first attempt unanswered, and would answer the second, sees one attempt; the call ends with its
# own deadline of 2 s. The setting is read and has no effect, so a limit for an attempt needs code of the client's own.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat > pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
	<modelVersion>4.0.0</modelVersion>
	<groupId>example</groupId>
	<artifactId>per-attempt</artifactId>
	<version>1</version>
	<dependencies>
		<dependency><groupId>io.grpc</groupId><artifactId>grpc-netty</artifactId><version>1.80.0</version></dependency>
		<dependency><groupId>io.grpc</groupId><artifactId>grpc-stub</artifactId><version>1.80.0</version></dependency>
	</dependencies>
</project>
POM
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib
cat > Attempts.java <<'JAVA'
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;

class Attempts {

	public static void main(String[] args) throws IOException {
		AtomicInteger attempts = new AtomicInteger();
		Server server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
			.addService(ServerServiceDefinition.builder("example.Echo")
				.addMethod(method(), ServerCalls.asyncUnaryCall((request, observer) -> {
					if (attempts.incrementAndGet() > 1) {
						observer.onNext(request);
						observer.onCompleted();
					}
				}))
				.build())
			.build()
			.start();
		ManagedChannel channel = NettyChannelBuilder.forAddress("localhost", server.getPort())
			.usePlaintext()
			.enableRetry()
			.disableServiceConfigLookUp()
			.defaultServiceConfig(Map.of("methodConfig",
					List.of(Map.of("name", List.of(Map.of("service", "example.Echo")), "retryPolicy",
							Map.of("maxAttempts", 3.0, "initialBackoff", "0.01s", "maxBackoff", "0.01s", "backoffMultiplier", 1.0,
									"retryableStatusCodes", List.of("UNAVAILABLE", "DEADLINE_EXCEEDED"), "perAttemptRecvTimeout",
									"0.2s")))))
			.build();
		String outcome = "OK";
		try {
			ClientCalls.blockingUnaryCall(channel, method(), CallOptions.DEFAULT.withDeadlineAfter(2, TimeUnit.SECONDS), new byte[0]);
		}
		catch (StatusRuntimeException ex) {
			outcome = ex.getStatus().getCode().name();
		}
		System.out.println("grpc-java 1.80.0: " + outcome + " after " + attempts + " attempt");
		channel.shutdownNow();
		server.shutdownNow();
	}

	private static MethodDescriptor<byte[], byte[]> method() {
		return MethodDescriptor.<byte[], byte[]>newBuilder(new Bytes(), new Bytes())
			.setType(MethodDescriptor.MethodType.UNARY)
			.setFullMethodName("example.Echo/Say")
			.build();
	}

	private static class Bytes implements MethodDescriptor.Marshaller<byte[]> {

		@Override
		public InputStream stream(byte[] value) {
			return new ByteArrayInputStream(value);
		}

		@Override
		public byte[] parse(InputStream stream) {
			try {
				return stream.readAllBytes();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
JAVA
seen=$(java -cp 'lib/*' Attempts.java)
echo "$seen"
[ "$seen" = "grpc-java 1.80.0: DEADLINE_EXCEEDED after 1 attempt" ] || { echo "This has changed." >&2; exit 1; }
