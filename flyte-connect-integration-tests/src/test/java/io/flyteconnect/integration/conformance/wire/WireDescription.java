package io.flyteconnect.integration.conformance.wire;

import java.util.List;
import java.util.Map;
import java.util.Set;

import io.flyteconnect.integration.conformance.ConformanceCase;
import io.flyteconnect.integration.conformance.platform.PlatformView;

/**
 * The {@code case.json} of a case of kind {@code wire}.
 *
 * @param script what the server does
 * @param ops the methods that are called, one after the other
 */
public record WireDescription(WireScript script, List<String> ops) {

	public static WireDescription of(ConformanceCase conformanceCase) {
		Map<String, Object> description = conformanceCase.description();
		WireFields fields = WireFields.of("a case", description,
				Set.of("kind", "about", "config_file", "needs_cwd", "server", "ops", "keep_stdout"));
		return new WireDescription(WireScript.of(PlatformView.map(description.get("server"))), fields.texts("ops"));
	}

}
