package io.flyteconnect.autoconfigure.diagnostics;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

import io.flyteconnect.internal.config.origin.PropertyLookup;

/**
 * Explains why there is no bean of Flyte 1 to inject where all connections call Flyte 2,
 * and the other way round.
 */
final class OtherApi {

	private static final String PROPERTY = "platform.api";

	private static final List<String> OF_FLYTE_1 = List.of("io.flyteconnect.FlyteAdminStub",
			"io.flyteconnect.execution.FlyteExecutions", "flyteidl.service.");

	private static final Set<String> OF_FLYTE_2 = Set.of("io.flyteconnect.FlyteRunsStub", "com.flyteidl2.");

	private OtherApi() {
	}

	static @Nullable FailureAnalysis explain(Throwable failure, NoSuchBeanDefinitionException missing,
			Environment environment) {
		String type = (missing.getBeanType() != null) ? missing.getBeanType().getName() : "";
		boolean flyte2 = OF_FLYTE_2.stream().anyMatch(type::startsWith);
		if (missing instanceof NoUniqueBeanDefinitionException
				|| !flyte2 && OF_FLYTE_1.stream().noneMatch(type::startsWith)) {
			return null;
		}
		PropertyLookup lookup = PropertyLookup.of(environment, "flyte");
		String set = lookup.text(PROPERTY);
		String origin = lookup.origin(PROPERTY);
		String api = flyte2 ? "Flyte 2" : "Flyte 1";
		String place = DisabledFlyte.place(failure);
		return new FailureAnalysis("No Flyte connection calls " + api + ", but " + place + " needs what does:\n\n"
				+ "    Bean: " + ClassUtils.getShortName(type) + "\n    Property: flyte." + PROPERTY + " is "
				+ ((set != null) ? set : "v1, its default") + ((origin != null) ? "\n    Origin: " + origin : ""),
				action(flyte2), missing);
	}

	private static String action(boolean flyte2) {
		if (!flyte2) {
			return "Inject FlyteRunsStub where the server is a Flyte 2, else remove flyte.platform.api. For both, name a"
					+ " connection for each: flyte.connections.<name>.platform.api.";
		}
		return "Set flyte.platform.api to v2 where the server is a Flyte 2, and depend on flyte-connect-starter-v2. For"
				+ " both, name a connection for each: flyte.connections.<name>.platform.api.";
	}

}
