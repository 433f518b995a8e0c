package io.flyteconnect.integration.conformance.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;

import io.flyteconnect.integration.conformance.ConformanceCase;
import io.flyteconnect.login.FlyteBrowserLoginEvent;
import io.flyteconnect.login.FlyteDeviceLoginEvent;

/**
 * The person of a case: is told how to log in, and does in a browser what the browser of
 * the recording did.
 */
public final class ScriptedBrowser {

	/** Opens the link and goes where that leads. */
	private static final String FOLLOWS_THE_LINK = """
			import sys, time, urllib.request
			time.sleep(0.3)
			urllib.request.urlopen(sys.argv[1], timeout=10).read()
			""";

	private final HttpClient http;

	private final ExecutorService executor;

	private final List<String> told = new ArrayList<>();

	private final List<CompletableFuture<Integer>> visits = new ArrayList<>();

	private ScriptedBrowser(ExecutorService executor) {
		this.executor = executor;
		this.http = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).executor(executor).build();
	}

	public static ScriptedBrowser of(ConformanceCase conformanceCase, ExecutorService executor) {
		String command = conformanceCase.variables().getOrDefault("BROWSER", "");
		Path script = conformanceCase.folder().resolve("files/browser.py");
		try {
			if (!command.isEmpty() && (!command.equals("python3 " + script + " %s &")
					|| !FOLLOWS_THE_LINK.strip().equals(Files.readString(script, StandardCharsets.UTF_8).strip()))) {
				throw new IllegalArgumentException(
						"The runner cannot do what the browser of this case does: " + command);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return new ScriptedBrowser(executor);
	}

	/**
	 * Take note of an event of the application.
	 * @param event the event
	 */
	public synchronized void take(Object event) {
		if (event instanceof FlyteBrowserLoginEvent login) {
			HttpRequest request = HttpRequest.newBuilder(login.link()).timeout(Duration.ofSeconds(10)).build();
			this.visits.add(this.http.sendAsync(request, HttpResponse.BodyHandlers.discarding())
				.thenApply(HttpResponse::statusCode));
		}
		else if (event instanceof FlyteDeviceLoginEvent login) {
			this.told.add(told(String.valueOf((login.verificationUriComplete() != null)
					? login.verificationUriComplete() : login.verificationUri()), login.userCode()));
		}
	}

	public static String told(String link, String code) {
		return link + " with the code " + code;
	}

	/**
	 * What the person was told.
	 * @return links and codes
	 */
	public synchronized List<String> told() {
		this.visits.forEach(CompletableFuture::join);
		return List.copyOf(this.told);
	}

}
