#!/usr/bin/env bash
# Spring Boot 4.1.0 with Spring gRPC 1.1.0 (Maven Central): which gRPC an application gets.
#
# Boot manages both. Spring gRPC 1.1.0, the version that Boot names, asks for gRPC 1.81.0; Boot manages gRPC at 1.80.0.
# Seen: without Boot's versions grpc-core is 1.81.0, with them it is 1.80.0, so Spring gRPC runs on an older gRPC than it was built
# with. Maven says nothing. Its rule requireUpperBoundDeps cannot hold with Boot's own versions, and a gRPC library of 1.81.0 that
# is added by hand is put back to 1.80.0, unless it has its version in the application's own pom: then the two are mixed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# What Maven resolves for Spring gRPC, with the management that is handed over.
grpc_core() {
	cat > pom.xml <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0">
	<modelVersion>4.0.0</modelVersion>
	<groupId>example</groupId>
	<artifactId>versions</artifactId>
	<version>1</version>
	<dependencyManagement><dependencies>$1</dependencies></dependencyManagement>
	<dependencies>
		<dependency><groupId>org.springframework.grpc</groupId><artifactId>spring-grpc-core</artifactId><version>1.1.0</version></dependency>
	</dependencies>
</project>
POM
	mvn -q -B dependency:list -DincludeArtifactIds=grpc-core -DoutputFile=list.txt >/dev/null
	grep -o 'grpc-core:jar:[0-9.]*' list.txt | cut -d: -f3
}

boot='<dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-dependencies</artifactId><version>4.1.0</version><type>pom</type><scope>import</scope></dependency>'
seen="spring-grpc 1.1.0 alone: grpc-core $(grpc_core ''); with spring-boot-dependencies 4.1.0: grpc-core $(grpc_core "$boot")"
echo "$seen"
[ "$seen" = "spring-grpc 1.1.0 alone: grpc-core 1.81.0; with spring-boot-dependencies 4.1.0: grpc-core 1.80.0" ] || { echo "This has changed." >&2; exit 1; }
