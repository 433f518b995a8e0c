package io.flyteconnect.integration.conformance.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.grpc.Status.Code;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.integration.conformance.ConformanceCase;
import io.flyteconnect.integration.conformance.wire.FlyteServices;
import io.flyteconnect.integration.conformance.wire.ScriptedFlyte;
import io.flyteconnect.integration.conformance.wire.WireAnswer;
import io.flyteconnect.integration.conformance.wire.WireDescription;
import io.flyteconnect.integration.conformance.wire.WirePlaces;
import io.flyteconnect.integration.conformance.wire.WireRule;
import io.flyteconnect.integration.conformance.wire.WireSettings;

/**
 * What flytekit does with a case, worked out without a network: its call chain
 * ({@code flytekit/clients/grpc_utils}) in plain steps. Each {@link WireRule} in force
 * changes one of them. With no rule in force it has to give what was recorded; with all
 * of them, what Flyte Connect does.
 */
public final class WireModel {

	private static final int ATTEMPTS_OF_FLYTEKIT = 4;

	public static final int ATTEMPTS = 5;

	/** How often one call asks a token endpoint that is in trouble. */
	private static final int TOKEN_REQUESTS = 2;

	private final ModelWorld world;

	private final ModelProxy proxy;

	private final ModelLogin login;

	private @Nullable ModelFailure failure;

	private WireModel(ModelWorld world) {
		this.world = world;
		this.proxy = new ModelProxy(world);
		this.login = new ModelLogin(world, this.proxy);
	}

	/**
	 * Work out a case.
	 * @param conformanceCase a copy of the case
	 * @param rules the rules that are in force
	 * @return what comes of it
	 */
	public static WireAnswer answer(ConformanceCase conformanceCase, Set<WireRule> rules) {
		WireSettings settings = rules.contains(WireRule.SETTINGS) ? WireSettings.byTheRules(conformanceCase)
				: WireSettings.ofFlytekit(conformanceCase);
		WireDescription description = WireDescription.of(conformanceCase);
		ScriptedFlyte server = new ScriptedFlyte(description.script(), WirePlaces.NOWHERE);
		List<String> told = new ArrayList<>();
		WireModel model = new WireModel(new ModelWorld(settings, server, rules, told));
		List<Map<String, Object>> results = new ArrayList<>();
		for (String op : description.ops()) {
			results.add((settings.refused() != null) ? WireAnswer.refused(op, settings.refused()) : model.call(op));
		}
		return new WireAnswer(results, server.requests().list(), told, conformanceCase.folder(),
				rules.contains(WireRule.PROXIED_CALLS) && settings.httpProxy() != null && settings.refused() == null);
	}

	private Map<String, Object> call(String op) {
		Map<String, Object> result = attempt(op);
		for (int attempts = 1; isRepeated(op, result, attempts); attempts++) {
			result = attempt(op);
		}
		return result;
	}

	private boolean isRepeated(String op, Map<String, Object> result, int attempts) {
		String error = String.valueOf(result.get("error"));
		if (this.world.is(WireRule.RETRIES)) {
			boolean read = op.startsWith("Get") || op.startsWith("List");
			Object login = result.getOrDefault("login", "none");
			if (this.failure != null && this.failure.isOnce()) {
				return false;
			}
			boolean unanswered = login.equals("none") || login.equals("TOKEN_REQUEST") && attempts < TOKEN_REQUESTS;
			return error.equals("UNAVAILABLE") && unanswered && read && attempts < ATTEMPTS;
		}
		boolean late = error.equals("DEADLINE_EXCEEDED") || "DEADLINE_EXCEEDED".equals(result.get("answered"));
		return !result.containsKey("ok") && !late && attempts < ATTEMPTS_OF_FLYTEKIT;
	}

	private Map<String, Object> attempt(String op) {
		this.failure = null;
		try {
			this.login.prepare();
			Code code = send(op);
			if (this.login.isRepeated(code)) {
				code = send(op);
				this.login.ended(code);
			}
			// Go's words leave no doubt.
			if (code == Code.UNIMPLEMENTED && this.world.is(WireRule.WHAT_ANSWERS)
					&& !this.world.server().words().startsWith("unknown ")) {
				this.world.server()
					.call("AdminService/" + (op.equals("GetVersion") ? "ListProjects" : "GetVersion"), Map.of());
			}
			return (code == Code.OK) ? WireAnswer.ok(op, FlyteServices.view(op)) : WireAnswer.failed(op, code);
		}
		catch (ModelFailure ex) {
			this.failure = ex;
			return ex.result(op);
		}
	}

	private Code send(String op) {
		return this.proxy.call("AdminService/" + op, this.login.metadata());
	}

}
