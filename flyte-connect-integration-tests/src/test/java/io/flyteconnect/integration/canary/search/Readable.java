package io.flyteconnect.integration.canary.search;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

import io.grpc.StatusRuntimeException;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;

/**
 * The texts of an exception that a program or a log can get at.
 */
final class Readable {

	private final Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());

	private final List<String> texts = new ArrayList<>();

	private Readable() {
	}

	static String of(Throwable ex) {
		StringWriter trace = new StringWriter();
		ex.printStackTrace(new PrintWriter(trace));
		Readable readable = new Readable();
		readable.add(ex);
		return trace + "\n" + String.join("\n", readable.texts);
	}

	private void add(Throwable ex) {
		if (ex == null || !this.seen.add(ex)) {
			return;
		}
		this.texts.add(ex.toString());
		this.texts.add(ex.getMessage() + " " + ex.getLocalizedMessage());
		if (ex instanceof StatusRuntimeException failure) {
			this.texts.add(failure.getStatus() + " " + failure.getTrailers());
			add(failure.getStatus().getCause());
		}
		if (ex instanceof OAuth2AuthorizationException failure) {
			this.texts.add(failure.getError() + " " + failure.getError().getDescription() + " "
					+ failure.getError().getErrorCode() + " " + failure.getError().getUri());
		}
		add(ex.getCause());
		for (Throwable suppressed : ex.getSuppressed()) {
			add(suppressed);
		}
	}

}
