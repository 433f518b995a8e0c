#!/usr/bin/env bash
# Spring Boot 4.1.0 (spring-boot-health, Maven Central): how the health endpoint asks the members of a composite contributor.
#
# Seen: one after the other: four members of which each takes its time are never asked at the same time. Where they stand for systems
# that hang, their time limits add up in one answer of the page, so each has to have its answer at hand.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat > pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
	<modelVersion>4.0.0</modelVersion>
	<groupId>example</groupId>
	<artifactId>composite-health</artifactId>
	<version>1</version>
	<dependencyManagement>
		<dependencies>
			<dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-dependencies</artifactId><version>4.1.0</version><type>pom</type><scope>import</scope></dependency>
		</dependencies>
	</dependencyManagement>
	<dependencies>
		<dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-health</artifactId></dependency>
		<dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-actuator</artifactId></dependency>
	</dependencies>
</project>
POM
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib
cat > InTurn.java <<'JAVA'
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.health.actuate.endpoint.AdditionalHealthEndpointPath;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroup;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.health.actuate.endpoint.HttpCodeStatusMapper;
import org.springframework.boot.health.actuate.endpoint.SimpleHttpCodeStatusMapper;
import org.springframework.boot.health.actuate.endpoint.SimpleStatusAggregator;
import org.springframework.boot.health.actuate.endpoint.StatusAggregator;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.registry.DefaultHealthContributorRegistry;

class InTurn implements HealthEndpointGroup {

	public static void main(String[] args) {
		AtomicInteger asked = new AtomicInteger();
		AtomicInteger underWay = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		Map<String, HealthIndicator> members = new LinkedHashMap<>();
		for (int i = 0; i < 4; i++) {
			members.put("member" + i, () -> {
				asked.incrementAndGet();
				most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
				sleep();
				underWay.decrementAndGet();
				return Health.up().build();
			});
		}
		DefaultHealthContributorRegistry registry = new DefaultHealthContributorRegistry();
		registry.registerContributor("all", CompositeHealthContributor.fromMap(members));
		HealthEndpoint endpoint = new HealthEndpoint(registry, null, HealthEndpointGroups.of(new InTurn(), Map.of()), Duration.ofSeconds(10));
		System.out.println("status " + endpoint.health().getStatus() + ", asked " + asked + ", at most " + most + " under way");
	}

	private static void sleep() {
		try {
			Thread.sleep(300);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public boolean isMember(String name) {
		return true;
	}

	@Override
	public boolean showComponents(SecurityContext securityContext) {
		return true;
	}

	@Override
	public boolean showDetails(SecurityContext securityContext) {
		return true;
	}

	@Override
	public StatusAggregator getStatusAggregator() {
		return new SimpleStatusAggregator();
	}

	@Override
	public HttpCodeStatusMapper getHttpCodeStatusMapper() {
		return new SimpleHttpCodeStatusMapper();
	}

	@Override
	public AdditionalHealthEndpointPath getAdditionalPath() {
		return null;
	}

}
JAVA
seen=$(java -cp 'lib/*' InTurn.java 2>/dev/null)
echo "$seen"
[ "$seen" = "status UP, asked 4, at most 1 under way" ] || { echo "This has changed." >&2; exit 1; }
