package io.flyteconnect.internal.metrics;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.grpc.ConnectivityState;
import io.grpc.Status.Code;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

import io.flyteconnect.FlyteConnectionListener.ResendReason;
import io.flyteconnect.FlyteConnectionListener.WaitEnd;
import io.flyteconnect.config.AuthMode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The values that the alert rules and the dashboard compare labels with, against those
 * that the labels can have: a word that is never there makes an alert that never fires.
 */
class AlertValuesTests {

	private static final Path DOCS = Path.of("..", "docs");

	private static final Pattern SELECTOR = Pattern.compile("(\\w+)\\{([^}]*)}");

	private static final Pattern COMPARISON = Pattern.compile("(\\w+)\\s*(=~|!~|!=|=)\\s*\"([^\"]*)\"");

	private static final Map<String, Collection<String>> VALUES = Map.of("flyte_token_requests.outcome",
			words(ObservedTokenRequest.Outcome.values()), "flyte_token_waits.outcome", words(WaitEnd.values()),
			"flyte_secret_lookups.outcome", Set.of("found", "missing", "failed"), "flyte_calls_resent.reason",
			words(ResendReason.values()), "flyte_channel_state.state", words(ConnectivityState.values()),
			"grpc_client.grpc_status_code", Stream.of(Code.values()).map(Enum::name).collect(Collectors.toSet()));

	private static final Set<String> MODES = Stream
		.concat(Stream.of(AuthMode.values()).map((mode) -> mode.words().get(0)), Stream.of("proxy-command"))
		.collect(Collectors.toSet());

	@Test
	void whenARuleOrAPanelComparesALabelThenTheLabelCanHaveThatValue() throws Exception {
		List<String> compared = new ArrayList<>();
		for (String file : List.of("prometheus-rules.yml", "grafana-dashboard.json")) {
			List<String> expressions = new ArrayList<>();
			collect(new Yaml().load(Files.readString(DOCS.resolve(file))), expressions);
			for (String expression : expressions) {
				Matcher selector = SELECTOR.matcher(expression);
				while (selector.find()) {
					compared.addAll(check(selector.group(1), selector.group(2), file + ": " + expression));
				}
			}
		}
		assertThat(compared).contains("outcome=failure", "outcome=obtained", "outcome=failed",
				"state=transient_failure", "mode=device-flow", "grpc_status_code=UNAVAILABLE");
	}

	private static List<String> check(String metric, String labels, String where) {
		List<String> compared = new ArrayList<>();
		Matcher comparison = COMPARISON.matcher(labels);
		while (comparison.find()) {
			String label = comparison.group(1);
			if ("connection".equals(label)) {
				continue;
			}
			Collection<String> known = "mode".equals(label) ? MODES
					: VALUES.get(metric.replaceFirst("(_seconds)?(_count|_sum|_max|_total)?$", "") + "." + label);
			assertThat(known).as(label + " of " + metric + " in " + where).isNotNull();
			boolean several = comparison.group(2).endsWith("~");
			for (String value : several ? comparison.group(3).split("\\|") : new String[] { comparison.group(3) }) {
				assertThat(known).as(where).contains(value);
				compared.add(label + "=" + value);
			}
		}
		return compared;
	}

	private static Set<String> words(Enum<?>[] values) {
		return Stream.of(values).map((value) -> value.name().toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
	}

	private static void collect(Object node, List<String> found) {
		if (node instanceof Map<?, ?> map) {
			map.forEach((key, value) -> {
				if ("expr".equals(key)) {
					found.add(String.valueOf(value));
				}
				else {
					collect(value, found);
				}
			});
		}
		else if (node instanceof List<?> list) {
			list.forEach((element) -> collect(element, found));
		}
	}

}
