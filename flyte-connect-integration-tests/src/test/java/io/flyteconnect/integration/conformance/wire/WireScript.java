package io.flyteconnect.integration.conformance.wire;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.grpc.Status.Code;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

import io.flyteconnect.integration.conformance.ConformanceCase;
import io.flyteconnect.integration.conformance.platform.PlatformView;

/**
 * What the server of a recorded case does: {@code server} of its {@code case.json}.
 *
 * @param bearer whether calls need a token
 * @param accepted the tokens that are accepted, {@code null} for those that were issued
 * @param required what else calls have to carry
 * @param published what the server publishes about logging in, where it differs
 * @param metadata how asking for that ends
 * @param calls how calls end, one after the other; what comes after is served
 * @param tokens the answers of the token endpoint; the last one repeats
 * @param devices the answers of the device authorization endpoint; the last one repeats
 * @param wrongState whether the browser comes back with the state of another login
 */
public record WireScript(boolean bearer, @Nullable List<String> accepted, Map<String, String> required,
		Map<String, @Nullable Object> published, Code metadata, List<CallStep> calls, List<HttpStep> tokens,
		List<HttpStep> devices, boolean wrongState) {

	private static final Set<String> KNOWN = Set.of("auth", "accept", "require_metadata", "metadata", "metadata_error",
			"rpc", "token", "device", "wrong_state");

	/** What a device authorization endpoint answers where a case does not say. */
	private static final Map<String, Object> DEVICE = Map.of("device_code", "dev-1", "user_code", "ABCD-EFGH",
			"verification_uri", "https://idp.example/activate", "expires_in", 600, "interval", 1);

	public static WireScript of(Map<String, Object> server) {
		WireFields fields = WireFields.of("the server", server, KNOWN);
		String auth = fields.text("auth", "none");
		if (!Set.of("bearer", "none").contains(auth)) {
			throw new IllegalArgumentException("The runner does not know the authentication " + auth);
		}
		Map<String, String> required = new LinkedHashMap<>();
		fields.map("require_metadata").forEach((key, value) -> required.put(key, String.valueOf(value)));
		return new WireScript("bearer".equals(auth), fields.has("accept") ? fields.texts("accept") : null, required,
				fields.map("metadata"), Code.valueOf(fields.text("metadata_error", "OK")),
				fields.list("rpc").stream().flatMap((step) -> CallStep.of(step).stream()).toList(),
				fields.list("token").stream().flatMap((step) -> HttpStep.of(step).stream()).toList(),
				devices(fields.get("device")), fields.isTrue("wrong_state"));
	}

	// A list of answers, or what differs in the usual one; null is a field that is
	// absent.
	private static List<HttpStep> devices(@Nullable Object device) {
		if (device instanceof List<?> steps) {
			return steps.stream().flatMap((step) -> HttpStep.of(step).stream()).toList();
		}
		if (device instanceof Map && PlatformView.map(device).containsKey("status")) {
			return HttpStep.of(device);
		}
		Map<String, @Nullable Object> answer = new LinkedHashMap<>(DEVICE);
		answer.putAll(PlatformView.map(device));
		answer.values().removeIf((value) -> value == null);
		return List.of(HttpStep.json(answer));
	}

	/**
	 * How one call ends.
	 *
	 * @param code how, {@code null} as usual
	 * @param details in which words
	 * @param revoke whether the tokens that were issued are no good from here on
	 * @param delay how long it takes
	 */
	public record CallStep(@Nullable Code code, String details, boolean revoke, Duration delay) {

		public static final CallStep SERVED = new CallStep(null, "", false, Duration.ZERO);

		public static List<CallStep> of(@Nullable Object step) {
			if (step == null) {
				return List.of(SERVED);
			}
			WireFields fields = WireFields.of("a step of rpc", PlatformView.map(step),
					Set.of("code", "details", "repeat", "revoke", "delay"));
			Code code = fields.has("code") ? Code.valueOf(fields.text("code", "")) : null;
			CallStep one = new CallStep(code, fields.text("details", "scripted"), fields.isTrue("revoke"),
					fields.seconds("delay"));
			return Collections.nCopies(fields.number("repeat", 1), one);
		}

	}

	/**
	 * One answer of an HTTP endpoint.
	 *
	 * @param status its status
	 * @param headers its headers
	 * @param body its body
	 * @param delay how long it takes
	 */
	public record HttpStep(int status, Map<String, String> headers, String body, Duration delay) {

		public static List<HttpStep> of(@Nullable Object step) {
			WireFields fields = WireFields.of("an answer", PlatformView.map(step),
					Set.of("status", "headers", "json", "text", "repeat", "delay"));
			Map<String, String> headers = new LinkedHashMap<>();
			headers.put("content-type", fields.has("text") ? "text/html" : "application/json");
			fields.map("headers")
				.forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), String.valueOf(value)));
			String body = fields.has("text") ? fields.text("text", "")
					: ConformanceCase.JSON.writeValueAsString(fields.get("json"));
			HttpStep one = new HttpStep(fields.number("status", 200), headers, body, fields.seconds("delay"));
			return new ArrayList<>(Collections.nCopies(fields.number("repeat", 1), one));
		}

		public static HttpStep json(Map<String, ? extends @Nullable Object> body) {
			return new HttpStep(200, Map.of("content-type", "application/json"),
					ConformanceCase.JSON.writeValueAsString(body), Duration.ZERO);
		}

		public HttpStep withoutByteOrderMark() {
			return new HttpStep(this.status, this.headers, this.body.replaceFirst("^\ufeff", ""), this.delay);
		}

		/** The body as a JSON object, empty if it is none. */
		@SuppressWarnings("unchecked")
		public Map<String, @Nullable Object> object() {
			try {
				Object value = ConformanceCase.JSON.readValue(this.body, Object.class);
				return (value instanceof Map) ? (Map<String, @Nullable Object>) value : Map.of();
			}
			catch (JacksonException ex) {
				return Map.of();
			}
		}

	}

}
