package io.flyteconnect.integration.conformance.wire.replay;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.flyteconnect.integration.conformance.ConformanceCase;
import io.flyteconnect.integration.conformance.ConformanceCases;
import io.flyteconnect.integration.conformance.platform.PlatformView;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Shows that a replay can fail: at each of its comparisons, whatever differs.
 */
@Tag("once")
class WireReplayTests {

	private static final int TOKEN_REQUEST = 3;

	@TempDir
	private Path folder;

	private Path source;

	@BeforeEach
	void copy() {
		Path recorded = ConformanceCases.own(WireConformanceTests.KIND)
			.filter((source) -> source.endsWith("wire-clientsecret"))
			.findFirst()
			.orElseThrow();
		this.source = this.folder.resolve("wire-clientsecret");
		ConformanceCase.copy(recorded, this.source);
	}

	@Test
	void whenNothingIsChangedThenEverythingIsEqual() throws Exception {
		replay(true);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("recordings")
	void whenTheRecordingIsTamperedWithThenThatIsNoticed(String what, Change change) {
		change("expected.json", change);
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> replay(true))
			.withMessageContaining("flytekit, worked out, against the recording");
	}

	static Stream<Arguments> recordings() {
		return Stream.of(Arguments.of("a request less", (Change) (recorded) -> wire(recorded).remove(TOKEN_REQUEST)),
				Arguments.of("a request more",
						(Change) (recorded) -> wire(recorded).add(wire(recorded).get(TOKEN_REQUEST))),
				Arguments.of("another order",
						(Change) (recorded) -> Collections.swap(wire(recorded), TOKEN_REQUEST, TOKEN_REQUEST + 1)),
				Arguments.of("another parameter", (Change) (recorded) -> part(recorded, "form").put("scope", "all")),
				Arguments.of("a parameter more", (Change) (recorded) -> part(recorded, "form").put("audience", "me")),
				Arguments.of("another header",
						(Change) (recorded) -> part(recorded, "headers").put("authorization", "Basic eDp4")),
				Arguments.of("another status",
						(Change) (recorded) -> wire(recorded).get(TOKEN_REQUEST).put("status", 201)),
				Arguments.of("other metadata",
						(Change) (recorded) -> wire(recorded).get(TOKEN_REQUEST + 1).put("metadata", Map.of())),
				Arguments.of("another result",
						(Change) (recorded) -> list(recorded, "results").get(0).put("ok", "v0.0.2")));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("answers")
	void whenOurAnswerIsTamperedWithThenThatIsNoticed(String what, Change change) {
		change("flyte-connect.json", change);
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> replay(true))
			.withMessageContaining("derived by the rules, against flyte-connect.json");
	}

	static Stream<Arguments> answers() {
		return Stream.of(Arguments.of("a request less", (Change) (answer) -> wire(answer).remove(0)),
				Arguments.of("another result", (Change) (answer) -> list(answer, "results").get(0).put("ok", "v0.0.2")),
				Arguments.of("a rule less", (Change) (answer) -> answer.put("rules", List.of("first-call"))),
				Arguments.of("a rule more",
						(Change) (answer) -> answer.put("rules", List.of("first-call", "request-fields", "retries"))));
	}

	@Test
	void whenOurAnswerIsMissingThenOnlyACaseOfOursFails() throws Exception {
		Files.delete(this.source.resolve("flyte-connect.json"));
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> replay(true))
			.withMessageContaining("deliberate differences need a flyte-connect.json");
		replay(false);
	}

	@Test
	void whenFlyteConnectDoesSomethingElseThenThatIsNoticed() {
		// A variable that flytekit does not know.
		change("env.json", (variables) -> variables.put("FLYTE_CREDENTIALS_AUTHORIZATION_HEADER", "x-other"));
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> replay(true))
			.withMessageContaining("Flyte Connect, against flytekit with the rules")
			.withMessageContaining("\"flyte-authorization\" : \"Bearer tok-1\"")
			.withMessageContaining("\"x-other\" : \"Bearer tok-1\"");
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("unknown")
	void whenACaseHasAFieldThatIsNotKnownThenItFails(String file, Change change) {
		change(file, change);
		assertThatIllegalArgumentException().isThrownBy(() -> replay(true)).withMessageContaining("surprise");
	}

	static Stream<Arguments> unknown() {
		return Stream.of(Arguments.of("case.json", (Change) (description) -> description.put("surprise", 1)),
				Arguments.of("case.json", (Change) (description) -> description.put("server", Map.of("surprise", 1))),
				Arguments.of("case.json",
						(Change) (description) -> description.put("server",
								Map.of("rpc", List.of(Map.of("surprise", 1))))),
				Arguments.of("case.json",
						(Change) (description) -> description.put("server",
								Map.of("metadata", Map.of("surprise", "x")))),
				Arguments.of("case.json", (Change) (description) -> description.put("ops", List.of("surprise"))),
				Arguments.of("expected.json", (Change) (recorded) -> recorded.put("surprise", 1)));
	}

	private void replay(boolean own) throws Exception {
		new WireReplay(this.source, this.folder.resolve("replay")).check(own);
	}

	@SuppressWarnings("unchecked")
	private void change(String file, Change change) {
		Path path = this.source.resolve(file);
		Map<String, Object> json = ConformanceCase.JSON.readValue(path.toFile(), Map.class);
		change.apply(json);
		ConformanceCase.JSON.writeValue(path.toFile(), json);
	}

	private static Map<String, Object> part(Map<String, Object> recorded, String name) {
		return PlatformView.map(wire(recorded).get(TOKEN_REQUEST).get(name));
	}

	private static List<Map<String, Object>> wire(Map<String, Object> recorded) {
		return list(recorded, "wire");
	}

	@SuppressWarnings("unchecked")
	private static List<Map<String, Object>> list(Map<String, Object> recorded, String name) {
		return (List<Map<String, Object>>) recorded.get(name);
	}

	private interface Change {

		void apply(Map<String, Object> json);

	}

}
