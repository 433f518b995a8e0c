#!/usr/bin/env bash
# Spring Boot 4.1.0 (Maven Central): ConfigurationPropertyName.subName of a name that was made by append.
#
# Seen: of a name of seven elements or more, of which the later ones were appended to a short one, subName(1) ends with an
# ArrayIndexOutOfBoundsException; chop, and subName of the same name parsed from its own text, do what they say. Settings that are moved from
# below one prefix to another, as for a second connection, are named by text.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat > pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
	<modelVersion>4.0.0</modelVersion>
	<groupId>example</groupId>
	<artifactId>shortened-name</artifactId>
	<version>1</version>
	<dependencyManagement>
		<dependencies>
			<dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-dependencies</artifactId><version>4.1.0</version><type>pom</type><scope>import</scope></dependency>
		</dependencies>
	</dependencyManagement>
	<dependencies>
		<dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot</artifactId></dependency>
	</dependencies>
</project>
POM
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib
cat > ShortenedName.java <<'JAVA'
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

class ShortenedName {

	public static void main(String[] args) {
		show("service.connections.west.platform.url", "west");
		show("service.connections.west.credentials.pkce.login.timeout", "west");
	}

	private static void show(String text, String name) {
		ConfigurationPropertyName parsed = ConfigurationPropertyName.of(text);
		ConfigurationPropertyName appended = ConfigurationPropertyName.of("service").append(text.substring("service.".length()));
		System.out.println("equal: " + appended.equals(parsed));
		System.out.println("parsed: " + parsed.subName(1));
		try {
			System.out.println("appended: " + appended.subName(1));
		}
		catch (RuntimeException ex) {
			System.out.println("appended: " + ex.getClass().getSimpleName());
		}
	}

}
JAVA
seen=$(java -cp 'lib/*' ShortenedName.java 2>/dev/null)
echo "$seen"
[ "$seen" = "equal: true
parsed: connections.west.platform.url
appended: connections.west.platform.url
equal: true
parsed: connections.west.credentials.pkce.login.timeout
appended: ArrayIndexOutOfBoundsException" ] || { echo "This has changed." >&2; exit 1; }
