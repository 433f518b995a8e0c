package io.flyteconnect.internal.grant.pkce;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Opens a link in the person's browser, as well as it goes.
 */
final class Browser {

	private static final Log logger = LogFactory.getLog(Browser.class);

	private Browser() {
	}

	static void open(URI link) {
		try {
			new ProcessBuilder(command(link)).redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.redirectError(ProcessBuilder.Redirect.DISCARD)
				.start()
				.getOutputStream()
				.close();
		}
		catch (IOException ex) {
			logger.debug("No browser could be opened", ex);
		}
	}

	private static List<String> command(URI link) {
		String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
		if (system.startsWith("mac")) {
			return List.of("open", link.toString());
		}
		if (system.startsWith("windows")) {
			return List.of("rundll32", "url.dll,FileProtocolHandler", link.toString());
		}
		return List.of("xdg-open", link.toString());
	}

}
