#!/usr/bin/env bash
# grpc-java 1.80.0 (Maven Central), targets of the scheme dns.
#
# gRPC's naming document allows a host and a port after dns:///, as grpc-go and gRPC's core take them, [::1]:8089 among them.
# Seen: grpc-java parses the target as a URI, whose path allows no brackets, and says that there is no name resolver for
# it. With %5B and %5D it takes the address, and shows it with brackets as the authority.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat > pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
	<modelVersion>4.0.0</modelVersion>
	<groupId>example</groupId>
	<artifactId>ipv6-target</artifactId>
	<version>1</version>
	<dependencies>
		<dependency><groupId>io.grpc</groupId><artifactId>grpc-netty</artifactId><version>1.80.0</version></dependency>
	</dependencies>
</project>
POM
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib
cat > Targets.java <<'JAVA'
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;

class Targets {

	public static void main(String[] args) {
		for (String target : new String[] { "dns:///localhost:8089", "dns:///[::1]:8089", "dns:///%5B::1%5D:8089" }) {
			try {
				ManagedChannel channel = NettyChannelBuilder.forTarget(target).usePlaintext().build();
				System.out.println(target + " is " + channel.authority());
				channel.shutdownNow();
			}
			catch (IllegalArgumentException ex) {
				System.out.println(target + " is refused");
				System.err.println(ex.getMessage());
			}
		}
	}

}
JAVA
seen=$(java -cp 'lib/*' Targets.java)
echo "$seen"
[ "$seen" = "dns:///localhost:8089 is localhost:8089
dns:///[::1]:8089 is refused
dns:///%5B::1%5D:8089 is [::1]:8089" ] || { echo "This has changed." >&2; exit 1; }
