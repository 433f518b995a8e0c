package io.flyteconnect.internal.channel.diagnosis;

import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.grpc.Status;
import org.jspecify.annotations.Nullable;

import io.flyteconnect.config.Endpoint;

/**
 * An answer of HTTP that is not gRPC's: a gateway, a login or a web server that stands in
 * front of Flyte Admin or in its place. gRPC has it as text only
 * ({@code io.grpc.internal.Http2ClientStreamTransportState}).
 *
 * @param status the status of HTTP
 * @param location where a redirect leads, or {@code null}
 */
public record HttpAnswer(int status, @Nullable URI location) {

	private static final Pattern STATUS = Pattern.compile("HTTP status code (\\d{3})\\D");

	private static final Pattern LOCATION = Pattern.compile("[(,]location=([^,)\\s]+)");

	public static @Nullable HttpAnswer of(Status status) {
		String text = String.valueOf(status.getDescription());
		Matcher code = STATUS.matcher(text + " ");
		if (!code.find() || !(text.contains("invalid content-type: ") || text.contains("inferred error from HTTP"))) {
			return null;
		}
		int end = text.indexOf("DATA---");
		Matcher location = LOCATION.matcher((end >= 0) ? text.substring(0, end) : text);
		return new HttpAnswer(Integer.parseInt(code.group(1)), location.find() ? uri(location.group(1)) : null);
	}

	private static @Nullable URI uri(String text) {
		try {
			return URI.create(text);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	/**
	 * Say what the answer means.
	 * @param endpoint where Flyte Admin should be
	 * @param plaintext whether it was called in plaintext
	 * @return a predicate without its subject
	 */
	String meaning(Endpoint endpoint, boolean plaintext) {
		return "answered HTTP " + this.status + ", not gRPC: " + switch (this.status) {
			case 301, 302, 303, 307, 308 -> redirect(endpoint, plaintext);
			case 401 -> "a login in front of Flyte wants a token of its own. Name a command that prints it by"
					+ " flyte.credentials.proxy-command, or let gRPC pass that login";
			case 403 -> "a gateway in front of Flyte does not let the call through. It may have a login of its own"
					+ " (flyte.credentials.proxy-command), or know neither this client's address nor gRPC's paths";
			case 407 -> "a proxy in between wants its clients to log in (flyte.platform.http-proxy-url)";
			case 429 -> "a gateway in front of Flyte takes no more calls for the moment (rate limit)";
			case 464 -> "a load balancer whose target group does not speak gRPC (flyte.platform.url)";
			case 500 -> "a gateway in front of Flyte failed";
			case 502, 503, 504, 520, 521, 522, 523, 524 ->
				"a gateway is there, but behind it no Flyte Admin that answers. See that Flyte Admin runs, and that the"
						+ " gateway passes gRPC on to it";
			default -> "the wrong port, or an ingress that does not pass gRPC on (flyte.platform.url)";
		};
	}

	/**
	 * Return whether this is the way to a login's page, by which nobody gets a token: the
	 * same as a 401.
	 * @param endpoint where Flyte Admin should be
	 * @param plaintext whether it was called in plaintext
	 * @return whether a login in front of Flyte has answered
	 */
	boolean isLoginPage(Endpoint endpoint, boolean plaintext) {
		return switch (this.status) {
			case 301, 302, 303, 307, 308 -> !isToHttps(endpoint, plaintext);
			default -> false;
		};
	}

	private boolean isToHttps(Endpoint endpoint, boolean plaintext) {
		String host = (this.location != null) ? this.location.getHost() : null;
		return this.location != null && plaintext && "https".equalsIgnoreCase(this.location.getScheme())
				&& (host == null || host.equalsIgnoreCase(endpoint.host()));
	}

	private String redirect(Endpoint endpoint, boolean plaintext) {
		String host = (this.location != null) ? this.location.getHost() : null;
		if (isToHttps(endpoint, plaintext)) {
			return "it sends its callers to https, so flyte.platform.insecure should be false";
		}
		return "a login in front of Flyte sends its callers to a page" + ((host != null) ? " of " + host : "")
				+ ". Name a command that prints a token for it by flyte.credentials.proxy-command, or let gRPC pass that"
				+ " login";
	}

}
