#!/usr/bin/env bash
# Spring Framework 7.0.8 (spring-context, Maven Central): ConfigurableApplicationContext.isActive() while beans are destroyed.
#
# Its documentation says "has been refreshed at least once and has not been closed yet".
# Seen: in a bean's destruction, which close() has begun, isActive() is still true, and isClosed() as well. Who asks in a
# background thread whether the application is ending, has to ask isClosed().
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat > pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
	<modelVersion>4.0.0</modelVersion>
	<groupId>example</groupId>
	<artifactId>active</artifactId>
	<version>1</version>
	<dependencyManagement>
		<dependencies>
			<dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-dependencies</artifactId><version>4.1.0</version><type>pom</type><scope>import</scope></dependency>
		</dependencies>
	</dependencyManagement>
	<dependencies>
		<dependency><groupId>org.springframework</groupId><artifactId>spring-context</artifactId></dependency>
	</dependencies>
</project>
POM
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib
cat > Active.java <<'JAVA'
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

class Active {

	public static void main(String[] args) {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		context.registerBean(DisposableBean.class, () -> () -> show("while a bean is destroyed", context));
		context.refresh();
		show("before close()", context);
		context.close();
		show("after close()", context);
	}

	private static void show(String when, ConfigurableApplicationContext context) {
		System.out.println(when + ": active " + context.isActive() + ", closed " + context.isClosed());
	}

}
JAVA
seen=$(java -cp 'lib/*' Active.java 2>/dev/null)
echo "$seen"
[ "$seen" = "before close(): active true, closed false
while a bean is destroyed: active true, closed true
after close(): active false, closed true" ] || { echo "This has changed." >&2; exit 1; }
