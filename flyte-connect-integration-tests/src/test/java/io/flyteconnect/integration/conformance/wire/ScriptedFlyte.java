package io.flyteconnect.integration.conformance.wire;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import flyteidl.service.Auth.OAuth2MetadataResponse;
import flyteidl.service.Auth.PublicClientAuthConfigResponse;
import io.grpc.Status.Code;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.integration.conformance.wire.WireScript.CallStep;
import io.flyteconnect.integration.conformance.wire.WireScript.HttpStep;

/**
 * Flyte Admin and its authorization server as a case describes them, without a network:
 * what they publish, what they answer, and what they were asked.
 */
public final class ScriptedFlyte {

	public static final String AUTH_SERVICE = "AuthMetadataService/";

	private final WireScript script;

	private final WirePlaces places;

	private final WireRequests requests;

	private final Queue<CallStep> calls;

	private final Set<String> issued = new HashSet<>();

	private final Set<String> revoked = new HashSet<>();

	private int tokens;

	private int devices;

	private int codes;

	private String words = "";

	/**
	 * Create a server.
	 * @param script what it does
	 * @param places where it is
	 */
	public ScriptedFlyte(WireScript script, WirePlaces places) {
		this.script = script;
		this.places = places;
		this.requests = new WireRequests(places);
		this.calls = new ArrayDeque<>(script.calls());
	}

	/** Where the authorization server is. */
	public String address() {
		return this.places.http();
	}

	public WireRequests requests() {
		return this.requests;
	}

	/**
	 * Take a call.
	 * @param method service and method, without the package
	 * @param metadata its metadata
	 * @return how it ends
	 */
	public synchronized CallStep call(String method, Map<String, String> metadata) {
		CallStep step = method.startsWith(AUTH_SERVICE) ? ending(this.script.metadata(), "scripted") : admin(metadata);
		this.words = step.details();
		this.requests.call(method, metadata, (step.code() != null) ? step.code() : Code.OK);
		return step;
	}

	/** The words in which the last call ended. */
	public synchronized String words() {
		return this.words;
	}

	private CallStep admin(Map<String, String> metadata) {
		CallStep step = this.calls.isEmpty() ? CallStep.SERVED : this.calls.remove();
		if (step.revoke()) {
			this.revoked.addAll(this.issued);
		}
		if (step.code() != null) {
			return step;
		}
		boolean good = metadata.entrySet().containsAll(this.script.required().entrySet())
				&& (!this.script.bearer() || isAccepted(metadata.getOrDefault(headerKey(), "")));
		return new CallStep(good ? Code.OK : Code.UNAUTHENTICATED, good ? "" : "token missing or not accepted", false,
				step.delay());
	}

	private boolean isAccepted(String authorization) {
		String token = authorization.startsWith("Bearer ") ? authorization.substring("Bearer ".length()) : "";
		boolean known = (this.script.accepted() != null) ? this.script.accepted().contains(token)
				: this.issued.contains(token);
		return known && !this.revoked.contains(token);
	}

	private static CallStep ending(Code code, String details) {
		return new CallStep(code, details, false, Duration.ZERO);
	}

	private String headerKey() {
		String published = client().getAuthorizationMetadataKey();
		return published.isEmpty() ? "authorization" : published.toLowerCase(Locale.ROOT);
	}

	/**
	 * Take an HTTP request.
	 * @param method its method
	 * @param uri its target, with a host where it is sent to a proxy
	 * @param headers its headers
	 * @param form its parameters
	 * @return the answer
	 */
	public synchronized HttpStep take(String method, URI uri, Map<String, String> headers, Map<String, String> form) {
		HttpStep answer = switch (method + " " + uri.getPath()) {
			case "POST /oauth2/token" -> token();
			case "POST /oauth2/device_authorization" -> device();
			default -> new HttpStep(404, Map.of(), "", Duration.ZERO);
		};
		this.requests.http(method, uri, headers, form, answer.status());
		return answer;
	}

	private HttpStep token() {
		HttpStep answer = step(this.script.tokens(), this.tokens++);
		if (answer == null) {
			answer = HttpStep
				.json(Map.of("access_token", "tok-" + this.tokens, "token_type", "Bearer", "expires_in", 3600));
		}
		if (answer.object().get("access_token") instanceof String token) {
			this.issued.add(token);
		}
		return answer;
	}

	private HttpStep device() {
		HttpStep answer = step(this.script.devices(), this.devices++);
		if (answer == null) {
			throw new IllegalStateException("The case has no answer for a device authorization request");
		}
		return answer;
	}

	private static @Nullable HttpStep step(List<HttpStep> steps, int number) {
		return steps.isEmpty() ? null : steps.get(Math.min(number, steps.size() - 1));
	}

	/**
	 * Take the visit of a browser.
	 * @param query the parameters of the authorization request
	 * @return the parameters that the browser comes back with
	 */
	public synchronized Map<String, String> authorize(Map<String, String> query) {
		this.codes++;
		this.requests.visit("/oauth2/authorize", query);
		return Map.of("code", "code-" + this.codes, "state",
				this.script.wrongState() ? "wrong-state" : query.getOrDefault("state", ""));
	}

	/**
	 * Return what is published about clients.
	 * @return the answer of {@code GetPublicClientConfig}
	 */
	public PublicClientAuthConfigResponse client() {
		return published(PublicClientAuthConfigResponse.newBuilder()
			.setClientId("flytectl")
			.setRedirectUri("http://127.0.0.1:" + this.places.callbackPort() + "/callback")
			.addScopes("all")
			.addScopes("offline")
			.setAuthorizationMetadataKey("flyte-authorization")).build();
	}

	/**
	 * Return what is published about the authorization server.
	 * @return the answer of {@code GetOAuth2Metadata}
	 */
	public OAuth2MetadataResponse metadata() {
		return published(OAuth2MetadataResponse.newBuilder()
			.setIssuer(this.places.http())
			.setAuthorizationEndpoint(this.places.http() + "/oauth2/authorize")
			.setTokenEndpoint(this.places.http() + "/oauth2/token")
			.setDeviceAuthorizationEndpoint(this.places.http() + "/oauth2/device_authorization")).build();
	}

	private <B extends Message.Builder> B published(B builder) {
		Map<String, @Nullable Object> left = new LinkedHashMap<>(this.script.published());
		left.keySet()
			.removeIf((name) -> OAuth2MetadataResponse.getDescriptor().findFieldByName(name) == null
					&& PublicClientAuthConfigResponse.getDescriptor().findFieldByName(name) == null);
		if (left.size() < this.script.published().size()) {
			throw new IllegalArgumentException(
					"Flyte publishes nothing of the name of one of " + this.script.published().keySet());
		}
		left.forEach((name, value) -> {
			FieldDescriptor field = builder.getDescriptorForType().findFieldByName(name);
			if (field != null) {
				builder.clearField(field);
				if (value != null) {
					builder.setField(field, value);
				}
			}
		});
		return builder;
	}

}
