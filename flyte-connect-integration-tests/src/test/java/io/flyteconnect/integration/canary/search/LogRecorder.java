package io.flyteconnect.integration.canary.search;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

import ch.qos.logback.classic.BasicConfigurator;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import org.slf4j.LoggerFactory;
import org.springframework.boot.logging.LoggingSystem;

/**
 * Keeps all that the application logs, down to TRACE, from the very start of it: the log
 * configuration of these tests names this appender. Equal lines are kept once.
 * <p>
 * The servers of the tests and the person's browser log, too, and know the secrets
 * rightly. What they write is kept apart, by the loggers or the threads that are theirs
 * alone.
 */
public final class LogRecorder extends AppenderBase<ILoggingEvent> {

	public static final String CONFIGURATION = "classpath:canary/logback.xml";

	private static final String SERVER_LOGGERS = "io.grpc.netty.NettyServer";

	private static final Pattern IDENTITY_PROVIDER_THREADS = Pattern
		.compile("https?(-jsse)?-nio-127\\.0\\.0\\.1-auto-.*");

	private static final Set<String> lines = ConcurrentHashMap.newKeySet();

	private static final Set<String> serverLines = ConcurrentHashMap.newKeySet();

	@Override
	protected void append(ILoggingEvent event) {
		if (event.getLoggerName().startsWith(SERVER_LOGGERS)
				|| IDENTITY_PROVIDER_THREADS.matcher(event.getThreadName()).matches()) {
			serverLines.add(event.getFormattedMessage());
			return;
		}
		lines.add("thread " + event.getThreadName());
		lines.add(event.getLevel() + " " + event.getLoggerName() + ": " + event.getFormattedMessage() + " "
				+ event.getMDCPropertyMap() + event.getKeyValuePairs() + event.getMarkerList());
		if (event.getThrowableProxy() != null) {
			lines.add(event.getLoggerName() + ": " + ThrowableProxyUtil.asString(event.getThrowableProxy()));
		}
	}

	/**
	 * Forget all, and let the next application configure the log as it likes.
	 */
	public static void begin() {
		LoggingSystem.get(LogRecorder.class.getClassLoader()).cleanUp();
		lines.clear();
		serverLines.clear();
	}

	/**
	 * Return what was logged.
	 */
	public static Set<String> lines() {
		return Set.copyOf(lines);
	}

	/**
	 * Return what the servers logged, also of what reached them encrypted.
	 */
	public static Set<String> serverLines() {
		return Set.copyOf(serverLines);
	}

	/**
	 * Stop, so that other tests do not log more than they mean to.
	 */
	public static void end() {
		LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
		context.reset();
		BasicConfigurator configurator = new BasicConfigurator();
		configurator.setContext(context);
		configurator.configure(context);
		context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.INFO);
		LoggingSystem.get(LogRecorder.class.getClassLoader()).cleanUp();
		lines.clear();
		serverLines.clear();
	}

}
