package io.flyteconnect.integration.conformance.wire.replay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;

import io.flyteconnect.FlyteConnection;
import io.flyteconnect.FlyteConnectionFactory;
import io.flyteconnect.config.InvalidFlyteConfigurationException;
import io.flyteconnect.config.PlatformConfig;
import io.flyteconnect.integration.conformance.ConformanceCase;
import io.flyteconnect.integration.conformance.platform.Platforms;
import io.flyteconnect.integration.conformance.wire.FlyteServices;
import io.flyteconnect.integration.conformance.wire.ScriptedBrowser;
import io.flyteconnect.integration.conformance.wire.ScriptedFlyte;
import io.flyteconnect.integration.conformance.wire.WireAnswer;
import io.flyteconnect.integration.conformance.wire.WireDescription;
import io.flyteconnect.internal.configfile.ProcessEnvironment;
import io.flyteconnect.login.LoginException;
import io.flyteconnect.login.LoginStep;

/**
 * Flyte Connect, set up by the files and variables of a case, calling what the case
 * calls.
 */
final class LiveClient {

	/**
	 * There is a person, who acts when told, and it is over after the last call. Nothing
	 * else is set but what the case sets.
	 */
	private static final Map<String, String> PERSON = Map.of("FLYTE_CREDENTIALS_INTERACTIVE", "always",
			"FLYTE_CREDENTIALS_PKCE_OPENBROWSER", "false", "FLYTE_CHANNEL_SHUTDOWNGRACEPERIOD", "0s");

	/** How long a login is waited for that nobody ends. */
	private static final Map<String, String> IMPATIENCE = Map.of("FLYTE_CREDENTIALS_PKCE_TIMEOUT", "2s");

	private LiveClient() {
	}

	/**
	 * Make the calls of a case.
	 * @param conformanceCase a copy of the case, set up for the server
	 * @param description its description
	 * @param server the server
	 * @param tunnelled whether calls came through the proxy
	 * @return what comes of it
	 */
	static WireAnswer run(ConformanceCase conformanceCase, WireDescription description, ScriptedFlyte server,
			BooleanSupplier tunnelled) {
		ExecutorService executor = Executors.newCachedThreadPool();
		try {
			ScriptedBrowser browser = ScriptedBrowser.of(conformanceCase, executor);
			Map<String, String> variables = new HashMap<>(conformanceCase.variables());
			variables.putAll(PERSON);
			if (description.script().wrongState()) {
				variables.putAll(IMPATIENCE);
			}
			ProcessEnvironment process = conformanceCase.process();
			ProcessEnvironment withPerson = new ProcessEnvironment(variables, process.home(),
					process.workingDirectory());
			List<Map<String, Object>> results = new ArrayList<>();
			try (FlyteConnection connection = connect(conformanceCase, withPerson, browser)) {
				description.ops().forEach((op) -> results.add(call(connection, op)));
			}
			catch (InvalidFlyteConfigurationException ex) {
				description.ops().forEach((op) -> results.add(WireAnswer.refused(op, ex.getProperty())));
			}
			return new WireAnswer(results, server.requests().list(), browser.told(), conformanceCase.folder(),
					tunnelled.getAsBoolean());
		}
		finally {
			executor.shutdownNow();
		}
	}

	private static FlyteConnection connect(ConformanceCase conformanceCase, ProcessEnvironment process,
			ScriptedBrowser browser) {
		PlatformConfig config = Platforms.load(process, conformanceCase.configFile());
		return FlyteConnectionFactory.builder()
			.environment(process.variables())
			.events(browser::take)
			.build()
			.create(config);
	}

	private static Map<String, Object> call(FlyteConnection connection, String op) {
		try {
			return WireAnswer.ok(op, FlyteServices.call(connection.channel(), op));
		}
		catch (StatusRuntimeException ex) {
			Status.Code code = ex.getStatus().getCode();
			if (!(ex.getStatus().getCause() instanceof LoginException failure)
					|| failure.getStep() == LoginStep.REFUSED) {
				return WireAnswer.failed(op, code);
			}
			Status.Code answered = (failure.getStep() == LoginStep.DISCOVERY)
					? Status.fromThrowable(failure.getCause()).getCode() : null;
			return WireAnswer.failed(op, code, failure.getStep().name(), answered);
		}
	}

}
