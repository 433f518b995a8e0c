package io.flyteconnect.documentation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who calls Flyte 1 alone carries nothing of Flyte 2.
 */
@Tag("once")
class StarterTests {

	private static final String IDL2 = "flyte-connect-idl2";

	private static final Pattern DEPENDENCY = Pattern.compile("<dependency>(.*?)</dependency>", Pattern.DOTALL);

	private static final Pattern NAME = Pattern.compile("<artifactId>(.*?)</artifactId>");

	@Test
	void whenAServiceDependsOnTheStarterThenItHasNoClassOfFlyte2() throws Exception {
		assertThat(required("flyte-connect-starter")).contains("flyte-connect-autoconfigure", "flyte-connect-idl")
			.doesNotContain(IDL2);
		assertThat(required("flyte-connect-autoconfigure")).contains("flyte-connect-idl").doesNotContain(IDL2);
		assertThat(required("flyte-connect-idl")).doesNotContain(IDL2);
	}

	@Test
	void whenAServiceDependsOnTheStarterOfFlyte2ThenItHasBoth() throws Exception {
		assertThat(required("flyte-connect-starter-v2")).containsExactlyInAnyOrder("flyte-connect-starter", IDL2);
	}

	private static Set<String> required(String module) throws Exception {
		Set<String> names = new TreeSet<>();
		Path pom = MessagesTests.ROOT.resolve(module).resolve("pom.xml");
		for (MatchResult dependency : DEPENDENCY.matcher(Files.readString(pom)).results().toList()) {
			String text = dependency.group(1);
			if (!text.contains("<optional>true") && !text.contains("<scope>test")) {
				NAME.matcher(text).results().findFirst().ifPresent((name) -> names.add(name.group(1)));
			}
		}
		return names;
	}

}
