#!/usr/bin/env bash
# Spring Security 7.1.0 with Spring Framework 7.0.8 (Maven Central): token clients of the OAuth2 client, as they are made by default.
#
# RestClientClientCredentialsTokenResponseClient makes a RestClient of its own, for which Spring finds the JDK's HttpClient.
# Seen: each token client has its own HttpClient, and this a thread from its making on, before any request. 50 of them that are kept, one
# for each registration, are 50 threads; with one request factory given to all, there is one.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat > pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
	<modelVersion>4.0.0</modelVersion>
	<groupId>example</groupId>
	<artifactId>token-client</artifactId>
	<version>1</version>
	<dependencyManagement>
		<dependencies>
			<dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-dependencies</artifactId><version>4.1.0</version><type>pom</type><scope>import</scope></dependency>
		</dependencies>
	</dependencyManagement>
	<dependencies>
		<dependency><groupId>org.springframework.security</groupId><artifactId>spring-security-oauth2-client</artifactId></dependency>
		<dependency><groupId>tools.jackson.core</groupId><artifactId>jackson-databind</artifactId></dependency>
	</dependencies>
</project>
POM
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib
cat > TokenClients.java <<'JAVA'
import java.util.ArrayList;
import java.util.List;

import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.security.oauth2.client.endpoint.RestClientClientCredentialsTokenResponseClient;
import org.springframework.web.client.RestClient;

class TokenClients {

	public static void main(String[] args) {
		List<RestClientClientCredentialsTokenResponseClient> clients = new ArrayList<>();
		for (int i = 0; i < 50; i++) {
			clients.add(new RestClientClientCredentialsTokenResponseClient());
		}
		long own = selectors();
		System.out.println("50 as they are: " + own + " threads");
		ClientHttpRequestFactory shared = new JdkClientHttpRequestFactory();
		for (int i = 0; i < 50; i++) {
			RestClientClientCredentialsTokenResponseClient client = clients.get(i);
			client.setRestClient(RestClient.builder().requestFactory(shared).build());
		}
		List<RestClientClientCredentialsTokenResponseClient> more = new ArrayList<>();
		System.out.println("one given request factory: " + (selectors() - own) + " more");
		java.lang.ref.Reference.reachabilityFence(clients);
	}

	private static long selectors() {
		return Thread.getAllStackTraces().keySet().stream().filter((thread) -> thread.getName().contains("SelectorManager")).count();
	}

}
JAVA
seen=$(java -cp 'lib/*' TokenClients.java 2>/dev/null)
echo "$seen"
[ "$seen" = "50 as they are: 50 threads
one given request factory: 1 more" ] || { echo "This has changed." >&2; exit 1; }
