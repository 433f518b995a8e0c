package io.flyteconnect.testsupport;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import org.slf4j.LoggerFactory;

/**
 * Everything that a client logs at {@code TRACE} level, also by
 * {@code java.util.logging}, and nothing of what the servers and the browser of a test
 * log. Nothing is printed meanwhile.
 */
public final class LogCapture implements AutoCloseable {

	/** Who plays the servers and the browser. */
	private static final List<String> OTHERS = List.of("org.eclipse.jetty", "com.github.tomakehurst", "wiremock",
			"io.grpc.netty.NettyServerHandler", "jdk.internal.httpclient");

	private final List<String> lines = new CopyOnWriteArrayList<>();

	private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

	private final java.util.logging.Logger javaRoot = java.util.logging.Logger.getLogger("");

	private final Level level = this.root.getLevel();

	private final java.util.logging.Level javaLevel = this.javaRoot.getLevel();

	private final List<Appender<ILoggingEvent>> appenders = new CopyOnWriteArrayList<>();

	private final List<Handler> handlers = List.copyOf(Arrays.asList(this.javaRoot.getHandlers()));

	private final List<String> quiet;

	/**
	 * Begin.
	 * @param others the names of further loggers that are of no interest
	 */
	public LogCapture(String... others) {
		LoggerContext context = this.root.getLoggerContext();
		this.quiet = Stream.concat(OTHERS.stream(), Arrays.stream(others)).toList();
		this.quiet.forEach((name) -> context.getLogger(name).setLevel(Level.OFF));
		for (Iterator<Appender<ILoggingEvent>> all = this.root.iteratorForAppenders(); all.hasNext();) {
			this.appenders.add(all.next());
		}
		this.appenders.forEach(this.root::detachAppender);
		this.handlers.forEach(this.javaRoot::removeHandler);
		Appender<ILoggingEvent> appender = new Lines();
		appender.setContext(context);
		appender.start();
		this.root.addAppender(appender);
		this.root.setLevel(Level.TRACE);
		this.javaRoot.addHandler(new JavaLines());
		this.javaRoot.setLevel(java.util.logging.Level.ALL);
	}

	/**
	 * Return what was logged.
	 * @return a line for each event, beginning with its logger, with the stack traces
	 */
	public String text() {
		return String.join("\n", this.lines);
	}

	@Override
	public void close() {
		this.root.detachAndStopAllAppenders();
		Arrays.asList(this.javaRoot.getHandlers()).forEach(this.javaRoot::removeHandler);
		this.appenders.forEach(this.root::addAppender);
		this.handlers.forEach(this.javaRoot::addHandler);
		this.root.setLevel(this.level);
		this.javaRoot.setLevel(this.javaLevel);
		this.quiet.forEach((name) -> this.root.getLoggerContext().getLogger(name).setLevel(null));
	}

	private final class Lines extends AppenderBase<ILoggingEvent> {

		@Override
		protected void append(ILoggingEvent event) {
			LogCapture.this.lines.add(event.getLoggerName() + ": " + event.getFormattedMessage() + "\n"
					+ ThrowableProxyUtil.asString(event.getThrowableProxy()));
		}

	}

	private final class JavaLines extends Handler {

		private JavaLines() {
			setFormatter(new SimpleFormatter());
			setLevel(java.util.logging.Level.ALL);
		}

		@Override
		public void publish(LogRecord event) {
			String name = String.valueOf(event.getLoggerName());
			if (LogCapture.this.quiet.stream().noneMatch(name::startsWith)) {
				LogCapture.this.lines.add(name + ": " + getFormatter().format(event));
			}
		}

		@Override
		public void flush() {
		}

		@Override
		public void close() {
		}

	}

}
