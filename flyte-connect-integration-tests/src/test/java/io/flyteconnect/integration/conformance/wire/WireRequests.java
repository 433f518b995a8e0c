package io.flyteconnect.integration.conformance.wire;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.grpc.Status.Code;

/**
 * The requests that a server met, in the form of {@code wire} in an
 * {@code expected.json}.
 */
public final class WireRequests {

	private static final Set<String> RANDOM = Set.of("state", "nonce", "code_challenge", "code_verifier");

	private static final Set<String> METADATA = Set.of("AuthMetadataService/GetPublicClientConfig",
			"AuthMetadataService/GetOAuth2Metadata");

	private final List<Map<String, Object>> requests = new ArrayList<>();

	private final WirePlaces places;

	private String challenge = "";

	/**
	 * Create an empty list.
	 * @param places what is written as a placeholder
	 */
	public WireRequests(WirePlaces places) {
		this.places = places;
	}

	public synchronized void call(String method, Map<String, String> metadata, Code status) {
		Map<String, Object> request = new TreeMap<>();
		request.put("kind", "grpc");
		request.put("method", method);
		request.put("metadata", new TreeMap<>(metadata));
		request.put("status", status.name());
		this.requests.add(request);
	}

	public synchronized void visit(String path, Map<String, String> query) {
		this.challenge = query.getOrDefault("code_challenge", "");
		Map<String, Object> request = http("GET", path);
		request.put("query", withoutChance(query));
		this.requests.add(request);
	}

	public synchronized void http(String method, URI uri, Map<String, String> headers, Map<String, String> form,
			int status) {
		this.challenge = form.getOrDefault("code_challenge", this.challenge);
		Map<String, Object> request = http(method, uri.getPath());
		if (uri.getHost() != null) {
			request.put("sent_to_proxy_as", this.places.hide(uri.toString()));
		}
		request.put("headers", new TreeMap<>(headers));
		request.put("form", withoutChance(form));
		request.put("status", status);
		String verifier = form.get("code_verifier");
		if (verifier != null) {
			// RFC 7636 section 4.1
			request.put("code_verifier_length_ok", verifier.length() >= 43 && verifier.length() <= 128);
			request.put("code_verifier_matches_challenge", challenge(verifier).equals(this.challenge));
		}
		this.requests.add(request);
	}

	public synchronized List<Map<String, Object>> list() {
		return inOrder(this.requests);
	}

	/**
	 * Put requests that may be made at once in one order: of the two that ask for login
	 * metadata, that for the public client first.
	 */
	public static List<Map<String, Object>> inOrder(List<Map<String, Object>> requests) {
		List<Map<String, Object>> ordered = new ArrayList<>();
		List<Map<String, Object>> together = new ArrayList<>();
		for (Map<String, Object> request : requests) {
			if (!METADATA.contains(String.valueOf(request.get("method")))) {
				ordered.addAll(sorted(together));
				together.clear();
				ordered.add(request);
			}
			else {
				together.add(request);
			}
		}
		ordered.addAll(sorted(together));
		return ordered;
	}

	private static List<Map<String, Object>> sorted(List<Map<String, Object>> requests) {
		Comparator<Map<String, Object>> byMethod = Comparator
			.comparing((request) -> String.valueOf(request.get("method")));
		return requests.stream().sorted(byMethod.reversed()).toList();
	}

	public static String challenge(String verifier) {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
			return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Map<String, Object> http(String method, String path) {
		Map<String, Object> request = new TreeMap<>();
		request.put("kind", "http");
		request.put("method", method);
		request.put("path", path);
		return request;
	}

	private Map<String, Object> withoutChance(Map<String, String> parameters) {
		Map<String, Object> view = new TreeMap<>();
		parameters.forEach((name, value) -> view.put(name,
				(RANDOM.contains(name) && !value.isEmpty()) ? "<random>" : this.places.hide(value)));
		return view;
	}

}
