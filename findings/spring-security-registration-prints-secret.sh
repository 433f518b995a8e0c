#!/usr/bin/env bash
# Spring Security 7.1.0 (Maven Central), a ClientRegistration in a log line.
#
# Seen: toString() of a ClientRegistration has the client secret in plain text, while OAuth2AuthorizedClient and
# OAuth2AuthorizationContext, which hold it, print nothing of it. Whoever logs the registration of a client, or puts it into the
# message of an assertion or an exception, writes the secret into the log.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat > pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0">
	<modelVersion>4.0.0</modelVersion>
	<groupId>example</groupId>
	<artifactId>registration</artifactId>
	<version>1</version>
	<dependencies>
		<dependency>
			<groupId>org.springframework.security</groupId>
			<artifactId>spring-security-oauth2-client</artifactId>
			<version>7.1.0</version>
		</dependency>
	</dependencies>
</project>
XML
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib
cat > Registration.java <<'JAVA'
import java.time.Instant;

import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;

class Registration {

	public static void main(String[] args) {
		ClientRegistration registration = ClientRegistration.withRegistrationId("example")
			.authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
			.clientId("service")
			.clientSecret("hunter-2")
			.tokenUri("https://login.example.com/token")
			.build();
		OAuth2AccessToken token = new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, "token-1", Instant.EPOCH,
				Instant.EPOCH.plusSeconds(60));
		OAuth2AuthorizedClient client = new OAuth2AuthorizedClient(registration, "service", token);
		System.out.println("registration: " + registration);
		System.out.println("client: " + client);
		boolean same = registration.toString().contains("hunter-2") && !client.toString().contains("hunter-2")
				&& !client.toString().contains("token-1");
		if (!same) {
			System.out.println("not as seen before");
			System.exit(1);
		}
	}

}
JAVA
java -cp 'lib/*' Registration.java
