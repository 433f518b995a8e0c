package io.flyteconnect.fuzz;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import org.slf4j.LoggerFactory;

/**
 * Looks for the secret in all that is logged, and keeps nothing of it.
 */
final class SecretWatch extends AppenderBase<ILoggingEvent> {

	private static volatile boolean seen;

	static {
		Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
		root.detachAndStopAllAppenders();
		root.setLevel(Level.INFO);
		((Logger) LoggerFactory.getLogger("io.flyteconnect")).setLevel(Level.DEBUG);
		SecretWatch watch = new SecretWatch();
		watch.setContext(root.getLoggerContext());
		watch.start();
		root.addAppender(watch);
	}

	static void reset() {
		seen = false;
	}

	static boolean isSeen() {
		return seen;
	}

	@Override
	protected void append(ILoggingEvent event) {
		seen |= event.getFormattedMessage().contains(Attempt.SECRET);
	}

}
