#!/usr/bin/env bash
# grpc-java 1.80.0 (Maven Central) on the JDK's names: how soon a channel follows a name that has got another address.
#
# The JDK takes networkaddress.cache.ttl as a security property, and with 0 there InetAddress asks anew each time. gRPC keeps
# addresses by itself, for 30 s unless a property of the same name says otherwise, which it reads as a system property.
# Seen: the server moves to another address. With 0 as the security property InetAddress knows it at once, and the channel does
# not find it within 10 s; with 0 as the system property as well, the channel finds it. Both have to be set.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat > pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
	<modelVersion>4.0.0</modelVersion>
	<groupId>example</groupId>
	<artifactId>moved-name</artifactId>
	<version>1</version>
	<dependencies>
		<dependency><groupId>io.grpc</groupId><artifactId>grpc-netty</artifactId><version>1.80.0</version></dependency>
		<dependency><groupId>io.grpc</groupId><artifactId>grpc-services</artifactId><version>1.80.0</version></dependency>
	</dependencies>
</project>
POM
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib >/dev/null
cat > MovedName.java <<'JAVA'
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.util.concurrent.TimeUnit;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;

class MovedName {

	public static void main(String[] args) throws Exception {
		Security.setProperty("networkaddress.cache.ttl", "0");
		Path hosts = Path.of(System.getProperty("jdk.net.hosts.file"));
		Files.writeString(hosts, "127.0.0.1 flyte.test\n");
		Server old = server("127.0.0.1", 0);
		ManagedChannel channel = NettyChannelBuilder.forTarget("dns:///flyte.test:" + old.getPort())
			.usePlaintext()
			.build();
		call(channel, 10);
		Server moved = server("127.0.0.2", old.getPort());
		Files.writeString(hosts, "127.0.0.2 flyte.test\n");
		old.shutdownNow().awaitTermination();
		String address = InetAddress.getByName("flyte.test").getHostAddress();
		String found = "found";
		try {
			call(channel, 10);
		}
		catch (StatusRuntimeException ex) {
			found = "not found within 10 s";
		}
		System.out.println("InetAddress says " + address + ", the channel has " + found);
		channel.shutdownNow();
		moved.shutdownNow();
	}

	private static void call(ManagedChannel channel, int seconds) {
		HealthGrpc.newBlockingStub(channel)
			.withWaitForReady()
			.withDeadlineAfter(seconds, TimeUnit.SECONDS)
			.check(HealthCheckRequest.getDefaultInstance());
	}

	private static Server server(String address, int port) throws Exception {
		return NettyServerBuilder.forAddress(new InetSocketAddress(address, port))
			.addService(new HealthStatusManager().getHealthService())
			.build()
			.start();
	}

}
JAVA
security=$(java -Djdk.net.hosts.file=hosts -cp 'lib/*' MovedName.java 2>/dev/null)
both=$(java -Djdk.net.hosts.file=hosts -Dnetworkaddress.cache.ttl=0 -cp 'lib/*' MovedName.java 2>/dev/null)
echo "grpc-java 1.80.0, security property: $security"
echo "grpc-java 1.80.0, system property as well: $both"
[ "$security" = "InetAddress says 127.0.0.2, the channel has not found within 10 s" ] \
	&& [ "$both" = "InetAddress says 127.0.0.2, the channel has found" ] || { echo "This has changed." >&2; exit 1; }
