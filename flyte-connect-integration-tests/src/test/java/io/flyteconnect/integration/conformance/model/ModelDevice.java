package io.flyteconnect.integration.conformance.model;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.integration.conformance.wire.ScriptedBrowser;
import io.flyteconnect.integration.conformance.wire.WireRequests;
import io.flyteconnect.integration.conformance.wire.WireRule;
import io.flyteconnect.integration.conformance.wire.WireScript.HttpStep;

/**
 * The login of a model's person on another device (RFC 8628). Time passes without being
 * waited for.
 */
final class ModelDevice {

	private static final List<String> NEEDED_BY_FLYTEKIT = List.of("device_code", "user_code", "verification_uri",
			"expires_in", "interval");

	/** Seconds that a call waits at most. */
	private static final double CALL = 30;

	private final ModelWorld world;

	private final ModelRequests requests;

	/** The codes of a login under way. */
	private @Nullable Map<String, @Nullable Object> codes;

	private double pause;

	private double now;

	private double callEnds;

	ModelDevice(ModelWorld world, ModelRequests requests) {
		this.world = world;
		this.requests = requests;
	}

	HttpStep login() {
		if (this.codes == null) {
			begin();
		}
		this.callEnds += CALL;
		try {
			HttpStep token = poll();
			this.codes = null;
			return token;
		}
		catch (ModelFailure ex) {
			if (!ex.isLate()) {
				this.codes = null;
			}
			throw ex;
		}
	}

	private void begin() {
		HttpStep started = start();
		Map<String, @Nullable Object> answered = started.object();
		List<String> needed = this.world.is(WireRule.DEVICE) ? NEEDED_BY_FLYTEKIT.subList(0, 4) : NEEDED_BY_FLYTEKIT;
		if (started.status() >= 300 || !answered.keySet().containsAll(needed) || !isUsable(answered)) {
			throw failure(started);
		}
		tell(answered);
		this.codes = answered;
		this.pause = seconds(answered.get("interval"), 5);
		// flytekit asks first and waits then.
		this.now = this.world.is(WireRule.DEVICE) ? this.pause : 0;
		this.callEnds = 0;
	}

	// flytekit adds numbers to the time, and looks at nothing else.
	private boolean isUsable(Map<String, @Nullable Object> answered) {
		if (!this.world.is(WireRule.DEVICE)) {
			return !(answered.get("interval") instanceof String) && !(answered.get("expires_in") instanceof String);
		}
		return seconds(answered.get("expires_in"), 600) > 0 && Stream.of("device_code", "user_code", "verification_uri")
			.noneMatch((name) -> String.valueOf(answered.get(name)).isBlank());
	}

	private ModelFailure failure(HttpStep started) {
		if (started.status() < 300) {
			return ModelFailure.permanent("INTERACTION");
		}
		return (this.requests.isPassing(started) ? ModelFailure.passing("TOKEN_REQUEST")
				: ModelFailure.permanent("TOKEN_REQUEST"))
			.once();
	}

	private HttpStep start() {
		Map<String, String> form = new TreeMap<>(Map.of("client_id", this.world.publicClientId()));
		this.requests.put(form, "scope", this.requests.scope());
		this.requests.put(form, "audience", this.requests.audience());
		if (this.world.is(WireRule.REQUEST_FIELDS)) {
			form.put("code_challenge", WireRequests.challenge(ModelBrowser.VERIFIER));
			form.put("code_challenge_method", "S256");
		}
		return this.requests.device(form);
	}

	private void tell(Map<String, @Nullable Object> codes) {
		String link = String.valueOf(codes.get("verification_uri"));
		String code = String.valueOf(codes.get("user_code"));
		if (this.world.is(WireRule.DEVICE)) {
			String complete = Objects.toString(codes.get("verification_uri_complete"), "").strip();
			this.world.told().add(ScriptedBrowser.told(complete.isEmpty() ? link : complete, code));
		}
		else {
			this.world.told()
				.add("To Authenticate, navigate in a browser to the following URL: " + link + "?user_code=" + code);
		}
	}

	private HttpStep poll() {
		Map<String, @Nullable Object> codes = Objects.requireNonNull(this.codes);
		double life = seconds(codes.get("expires_in"), 600);
		while (this.now < life) {
			if (this.world.is(WireRule.DEVICE) && this.now > this.callEnds) {
				throw ModelFailure.late();
			}
			HttpStep answer = ask(form(String.valueOf(codes.get("device_code"))));
			if (answer != null && this.requests.isToken(answer)) {
				say("Authentication successful!");
				return answer;
			}
			this.pause = (answer != null) ? next(this.pause, answer) : this.pause * 2;
			say("Authentication Pending...");
			this.now += this.pause;
		}
		throw ModelFailure.permanent("INTERACTION");
	}

	// RFC 8628 section 3.5: nobody who answers is asked again, more slowly.
	private @Nullable HttpStep ask(Map<String, String> form) {
		try {
			return this.requests.token(form, null, false);
		}
		catch (ModelFailure ex) {
			if (this.world.is(WireRule.DEVICE) && !ex.isPermanent()) {
				return null;
			}
			throw ex;
		}
	}

	private double next(double pause, HttpStep answer) {
		String error = this.requests.error(answer);
		boolean full = this.world.is(WireRule.DEVICE);
		if (error.equals("authorization_pending")) {
			return pause;
		}
		if (error.equals("slow_down")) {
			return full ? pause + 5 : pause;
		}
		if (full && (answer.status() >= 500 || answer.status() == 429)) {
			return pause * 2;
		}
		if (List.of("access_denied", "expired_token").contains(error)) {
			throw ModelFailure.permanent("INTERACTION");
		}
		this.requests.read(answer, false);
		return pause;
	}

	private Map<String, String> form(String deviceCode) {
		Map<String, String> form = this.requests.form("urn:ietf:params:oauth:grant-type:device_code");
		if (!this.world.publicClientId().isEmpty()) {
			form.put("client_id", this.world.publicClientId());
		}
		if (!deviceCode.isEmpty()) {
			form.put("device_code", deviceCode);
		}
		if (this.world.is(WireRule.REQUEST_FIELDS)) {
			form.put("code_verifier", ModelBrowser.VERIFIER);
			return form;
		}
		form.put("scope", this.requests.scope());
		if (!this.requests.audience().isEmpty()) {
			form.put("audience", this.requests.audience());
		}
		return form;
	}

	private void say(String line) {
		if (!this.world.is(WireRule.DEVICE)) {
			this.world.told().add(line);
		}
	}

	private static double seconds(@Nullable Object value, double absent) {
		return (value != null) ? Double.parseDouble(Objects.toString(value)) : absent;
	}

}
