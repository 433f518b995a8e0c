package io.flyteconnect.internal.channel.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import io.grpc.Status;

import io.flyteconnect.internal.proxy.ProxyRefusedException;
import io.flyteconnect.internal.text.SafeText;

/**
 * What gRPC and Netty say of the end of a call.
 *
 * @param texts the description, then each cause, from the outermost to the innermost
 */
record StatusText(List<String> texts) {

	/** A call that waits for its credentials is said to have been waiting, too. */
	private static final Pattern STILL_CONNECTING = Pattern
		.compile("connecting_and_lb_delay=\\d+ns, was_still_waiting");

	/** Header fields and pages may hold cookies, and are of no more help. */
	private static final Pattern REST = Pattern.compile("\n(?:headers|trailers): .*|\nDATA---.*|\nChannel Pipeline.*",
			Pattern.DOTALL);

	/** The bytes of what was taken for TLS. */
	private static final Pattern NO_TLS = Pattern
		.compile("(?:io\\.netty\\.handler\\.ssl\\.NotSslRecordException: )?not an SSL/TLS record: [0-9a-f]*");

	private static final Pattern DUMP = Pattern.compile("\\.? ?Hex dump for (?:first|received) \\d* ?bytes: [0-9a-f]*");

	static StatusText of(Status status) {
		List<String> texts = new ArrayList<>();
		texts.add(String.valueOf(status.getDescription()));
		for (Throwable cause = status.getCause(); cause != null; cause = cause.getCause()) {
			texts.add(cause.toString());
		}
		return new StatusText(texts);
	}

	/**
	 * Return what gRPC says of the end of a call, fit for an error.
	 * @param status how the call ended
	 * @return the description without header fields and pages, empty if there is none
	 */
	static String firstLine(Status status) {
		String text = status.getDescription();
		return (text != null) ? clean(text).strip() : "";
	}

	String outermost() {
		return this.texts.get(0);
	}

	boolean isStillConnecting() {
		return this.texts.stream().anyMatch((text) -> STILL_CONNECTING.matcher(text).find());
	}

	/**
	 * Return whether a symptom is among the texts. The name of an exception says
	 * something among the causes only.
	 */
	boolean has(String symptom) {
		return this.texts.stream()
			.skip(symptom.endsWith("Exception") ? 1 : 0)
			.anyMatch((text) -> text.contains(symptom));
	}

	/**
	 * Return the innermost text, fit for an error.
	 */
	String detail() {
		return clean(this.texts.get(this.texts.size() - 1).replace(ProxyRefusedException.class.getName() + ": ", ""));
	}

	private static String clean(String text) {
		String words = NO_TLS.matcher(REST.matcher(text).replaceFirst("")).replaceAll("it answers in plaintext");
		return SafeText.of(DUMP.matcher(words).replaceAll(""));
	}

}
