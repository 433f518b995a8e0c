package io.flyteconnect.integration.conformance.wire.replay;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.integration.conformance.ConformanceCase;
import io.flyteconnect.integration.conformance.ConformanceReport;
import io.flyteconnect.integration.conformance.platform.PlatformView;
import io.flyteconnect.integration.conformance.wire.ScriptedFlyte;
import io.flyteconnect.integration.conformance.wire.WireAnswer;
import io.flyteconnect.integration.conformance.wire.WireDescription;
import io.flyteconnect.integration.conformance.wire.WireFields;
import io.flyteconnect.integration.conformance.wire.WirePlaces;
import io.flyteconnect.integration.conformance.wire.WireRequests;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Replays one recorded case over real sockets and compares it request by request.
 * <p>
 * The difference to flytekit is explained in steps that can each be wrong, and are each
 * checked: the model of flytekit, without any rule, gives what was recorded; the same
 * model with the rules gives our answer, which is written down beside the recording for
 * the cases that are ours; and that is what Flyte Connect does.
 */
final class WireReplay {

	private static final Set<String> RECORDED = Set.of("oracle", "results", "wire", "stdout", "warnings");

	private final Path source;

	private final Path area;

	private final ConformanceCase recorded;

	/**
	 * Create a replay.
	 * @param source the recorded case
	 * @param area where copies of it may lie
	 */
	WireReplay(Path source, Path area) {
		this.source = source;
		this.area = area.toAbsolutePath();
		this.recorded = ConformanceCase.copy(source, this.area.resolve("recorded"));
	}

	/**
	 * Compare everything.
	 * @param own whether our answer is written down where it differs
	 * @throws AssertionError if anything differs, showing both sides
	 */
	void check(boolean own) throws Exception {
		WireDerivation derivation = WireDerivation.of(this.source, this.area);
		String about = this.recorded.name() + ": " + this.recorded.description().get("about") + "\nrules: "
				+ derivation.rules() + "\n";
		assertThat(text(flytekit(derivation.flytekit()))).as(about + "flytekit, worked out, against the recording")
			.isEqualTo(text(recorded()));
		Map<String, Object> deliberate = this.recorded.deliberate();
		if (deliberate != null) {
			Map<String, Object> derived = new TreeMap<>(derivation.answer().toMap());
			derived.put("rules", List.copyOf(derivation.rules()));
			assertThat(text(derived)).as(about + "derived by the rules, against flyte-connect.json")
				.isEqualTo(text(new TreeMap<>(deliberate)));
		}
		else if (own) {
			assertThat(derivation.rules()).as(about + "deliberate differences need a flyte-connect.json").isEmpty();
		}
		assertThat(text(live().toMap())).as(about + "Flyte Connect, against flytekit with the rules")
			.isEqualTo(text(derivation.answer().toMap()));
		ConformanceReport.passed(this.source, derivation.rules());
	}

	private WireAnswer live() throws Exception {
		try (LiveServer server = new LiveServer()) {
			WirePlaces places = server.places();
			ConformanceCase copy = ConformanceCase.copy(this.source, this.area.resolve("live"), places.placeholders());
			WireDescription description = WireDescription.of(copy);
			ScriptedFlyte flyte = new ScriptedFlyte(description.script(), places);
			server.play(flyte);
			return LiveClient.run(copy, description, flyte, server::isTunnelled);
		}
	}

	private Map<String, Object> recorded() {
		WireFields fields = WireFields.of("an expected.json", this.recorded.expected(), RECORDED);
		Map<String, Object> view = new TreeMap<>();
		view.put("results",
				fields.list("results").stream().map((result) -> recordedResult(PlatformView.map(result))).toList());
		view.put("wire", WireRequests.inOrder(fields.list("wire").stream().map(PlatformView::map).toList()));
		if (isTold()) {
			view.put("told", fields.list("stdout"));
		}
		return view;
	}

	private static Map<String, @Nullable Object> recordedResult(Map<String, Object> result) {
		Map<String, @Nullable Object> view = new LinkedHashMap<>();
		view.put("op", result.get("op"));
		view.put("ok", result.get("ok"));
		if (result.get("ok") == null) {
			Map<String, Object> cause = PlatformView.map(PlatformView.map(result.get("error")).get("cause"));
			view.put("error", cause.getOrDefault("grpc_code", "of the client"));
		}
		return view;
	}

	/** What of a worked-out answer is recorded: of a failed login, not how it failed. */
	private Map<String, Object> flytekit(WireAnswer answer) {
		Map<String, Object> view = new TreeMap<>();
		List<Map<String, @Nullable Object>> results = new ArrayList<>();
		for (Map<String, Object> result : answer.results()) {
			Map<String, @Nullable Object> plain = new LinkedHashMap<>();
			plain.put("op", result.get("op"));
			plain.put("ok", result.get("ok"));
			if (result.get("ok") == null) {
				Object login = result.containsKey("login") ? "of the client" : result.get("error");
				plain.put("error", Objects.requireNonNullElse(result.get("answered"), login));
			}
			results.add(plain);
		}
		view.put("results", results);
		view.put("wire", answer.wire());
		if (isTold()) {
			view.put("told", answer.told());
		}
		return view;
	}

	private boolean isTold() {
		return this.recorded.expected().containsKey("stdout");
	}

	private static String text(Object value) {
		return ConformanceCase.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(sorted(value));
	}

	private static @Nullable Object sorted(@Nullable Object value) {
		if (value instanceof Map<?, ?> map) {
			Map<String, @Nullable Object> sorted = new TreeMap<>();
			map.forEach((key, each) -> sorted.put(String.valueOf(key), sorted(each)));
			return sorted;
		}
		return (value instanceof List<?> list) ? list.stream().map(WireReplay::sorted).toList() : value;
	}

}
