package io.flyteconnect.integration.conformance.platform;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.env.Environment;

import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.integration.conformance.ConformanceCase;
import io.flyteconnect.integration.conformance.ConformanceCases;
import io.flyteconnect.integration.conformance.ConformanceReport;
import io.flyteconnect.integration.conformance.identity.SecurityContextConformanceTests;
import io.flyteconnect.integration.conformance.secret.SecretConformanceTests;
import io.flyteconnect.integration.conformance.wire.replay.WireConformanceTests;
import io.flyteconnect.internal.configfile.InvalidFlyteFileException;
import io.flyteconnect.internal.configfile.ProcessEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Replays what flytekit recorded.
 */
@Tag("once")
class ConformanceTests {

	private static final String COMPARED_KIND = "platform";

	/** Kinds that have runners of their own. */
	private static final Set<String> COMPARED_ELSEWHERE = Set.of(SecretConformanceTests.MODEL_KIND,
			SecretConformanceTests.RESOLVE_KIND, SecurityContextConformanceTests.KIND, WireConformanceTests.KIND);

	@TempDir
	static Path temporary;

	@TestFactory
	Stream<DynamicTest> platformAsFlytekit() {
		return ConformanceCases.all(COMPARED_KIND)
			.map((source) -> DynamicTest.dynamicTest(ConformanceCases.name(source), () -> replay(source)));
	}

	@Test
	void everyKindIsCompared() {
		List<String> kinds = ConformanceCases.all().map(ConformanceCase::kind).distinct().toList();
		assertThat(kinds).isNotEmpty().allMatch(ConformanceTests::isCompared);
	}

	private static boolean isCompared(String kind) {
		return kind.equals(COMPARED_KIND) || COMPARED_ELSEWHERE.contains(kind);
	}

	@Test
	void everyFieldOfAnAuthenticatorIsCompared() {
		Set<String> fields = new TreeSet<>();
		Stream.concat(ConformanceCases.own(COMPARED_KIND), ConformanceCases.all(COMPARED_KIND))
			.forEach((source) -> fields.addAll(AuthenticatorView.fields(copy(source, "fields").expected())));
		assertThat(fields).isNotEmpty().isSubsetOf(AuthenticatorView.FIELDS);
	}

	private void replay(Path source) throws IOException {
		ConformanceCase conformanceCase = copy(source, "cases");
		DeliberateDifferences.Derived derived = DeliberateDifferences.derive(conformanceCase);
		Map<String, Object> expected = derived.answer();
		Map<String, Object> recorded = conformanceCase.deliberate();
		if (recorded != null) {
			assertThat(derived.rules()).as("rules").contains((String) recorded.get("rule"));
			boolean incomplete = expected.remove("incomplete") != null;
			assertThat(expected).as("derived by the rules").isEqualTo(recorded(conformanceCase, recorded));
			if (incomplete) {
				expected.put("incomplete", true);
			}
		}
		else if (ConformanceCases.isOwn(source)) {
			assertThat(derived.rules()).as("deliberate differences need a flyte-connect.json").isEmpty();
		}
		boolean incomplete = expected.remove("incomplete") != null;
		if (incomplete && derived.rules().isEmpty()) {
			assertThat(PlatformView.map(conformanceCase.expected().get("authenticator"))).containsKey("error");
		}
		String both = describe(conformanceCase, derived);
		compare(both + "\nwithout Spring", expected, answer(expected,
				() -> Platforms.loadIncomplete(conformanceCase.process(), conformanceCase.configFile())));
		Map<String, Object> complete = incomplete ? Map.of("error", "*") : expected;
		compare(both + "\nwithout Spring, checked", complete,
				answer(complete, () -> Platforms.load(conformanceCase.process(), conformanceCase.configFile())));
		Set<String> rules = new TreeSet<>(derived.rules());
		if (!complete.containsKey("error")) {
			rules.addAll(compareAuthenticator(both, conformanceCase, derived));
		}
		compare(both + "\nthrough Spring's environment", complete, answer(complete, () -> spring(conformanceCase)));
		ConformanceReport.passed(source, rules);
	}

	// flytekit's answer, with what our own says differently.
	private Map<String, Object> recorded(ConformanceCase conformanceCase, Map<String, Object> recorded) {
		if (recorded.containsKey("error")) {
			return Map.of("error", PlatformView.map(recorded.get("error")).get("property"));
		}
		Map<String, Object> answer = PlatformView.ofFlytekit(conformanceCase.expected(),
				conformanceCase.folder().resolve("cwd"));
		Map<String, Object> platform = PlatformView.map(answer.get("platform"));
		if (platform.remove("error") != null) {
			answer.put("auth_type", "none");
		}
		platform.putAll(PlatformView.map(recorded.get("platform")));
		platform.replace("auth_mode", SettingWords.mode((String) platform.get("auth_mode")));
		Object type = recorded.getOrDefault("auth_type", answer.get("auth_type"));
		answer.put("auth_type", SettingWords.mode((String) type));
		return answer;
	}

	private PlatformConfig spring(ConformanceCase conformanceCase) {
		Map<String, Object> properties = new LinkedHashMap<>();
		if (conformanceCase.configFile() != null) {
			properties.put("flyte.config-file", conformanceCase.configFile());
		}
		ProcessEnvironment process = conformanceCase.process();
		Environment environment = FlyteEnvironments.prepare(process, properties);
		return Platforms.of(environment, process);
	}

	private Map<String, Object> answer(Map<String, Object> expected, Settings settings) {
		try {
			PlatformConfig config = settings.read();
			Map<String, Object> answer = PlatformView.of(config);
			return answer;
		}
		catch (InvalidFlyteConfigurationException ex) {
			return error(expected, ex.getProperty(), ex.getReason() + ex.getAction());
		}
		catch (InvalidFlyteFileException ex) {
			return error(expected, "flyte.config-file", ex.getReason() + ex.getAction());
		}
	}

	private Map<String, Object> error(Map<String, Object> expected, String property, String text) {
		assertThat(text).isNotBlank();
		return Map.of("error", "*".equals(expected.get("error")) ? "*" : property);
	}

	private void compare(String description, Map<String, Object> expected, Map<String, Object> actual) {
		assertThat(new TreeMap<>(actual)).as(description).isEqualTo(new TreeMap<>(expected));
	}

	private Set<String> compareAuthenticator(String description, ConformanceCase conformanceCase,
			DeliberateDifferences.Derived derived) {
		PlatformConfig config = Platforms.load(conformanceCase.process(), conformanceCase.configFile());
		Map<String, Object> expected = AuthenticatorView.ofFlytekit(conformanceCase, derived);
		assertThat(AuthenticatorView.of(config)).as(description + "\nauthenticator").isEqualTo(expected);
		if (derived.rules().isEmpty() && !expected.containsKey("error")
				&& !AuthenticatorView.fields(conformanceCase.expected()).isEmpty()) {
			assertThat(AuthenticatorView.login(conformanceCase, config)).as(description + "\nlogin")
				.isEqualTo(AuthenticatorView.loginOfFlytekit(conformanceCase, config));
			return AuthenticatorView.rules(conformanceCase, config);
		}
		return Set.of();
	}

	private String describe(ConformanceCase conformanceCase, DeliberateDifferences.Derived derived) {
		return conformanceCase.name() + ": " + conformanceCase.description().get("about") + "\nflytekit: "
				+ conformanceCase.expected() + "\nrules: " + derived.rules();
	}

	private static ConformanceCase copy(Path source, String area) {
		return ConformanceCase.copy(source, temporary.resolve(area).resolve(source.getFileName()));
	}

	private interface Settings {

		PlatformConfig read();

	}

}
