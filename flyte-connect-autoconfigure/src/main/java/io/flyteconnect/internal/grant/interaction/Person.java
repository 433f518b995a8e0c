package io.flyteconnect.internal.grant.interaction;

import java.io.Console;
import java.lang.reflect.Method;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.util.ReflectionUtils;

import io.flyteconnect.config.Interactive;
import io.flyteconnect.login.PersonLoginException;

/**
 * The person who may log in: knows whether they can be reached, and tells them.
 *
 * @since 0.1.0
 */
public final class Person {

	private static final Log logger = LogFactory.getLog(Person.class);

	private static final String KUBERNETES = "KUBERNETES_SERVICE_HOST";

	private final Interactive interactive;

	private final Map<String, String> environment;

	private final Consumer<Object> events;

	private final String system;

	private final BooleanSupplier console;

	/**
	 * Create a person.
	 * @param interactive whether they may be asked
	 * @param environment the environment variables
	 * @param events where the application listens
	 */
	public Person(Interactive interactive, Map<String, String> environment, Consumer<Object> events) {
		this(interactive, environment, events, System.getProperty("os.name", ""), Person::hasConsole);
	}

	Person(Interactive interactive, Map<String, String> environment, Consumer<Object> events, String system,
			BooleanSupplier console) {
		this.interactive = interactive;
		this.environment = environment;
		this.events = events;
		this.system = system.toLowerCase(Locale.ROOT);
		this.console = console;
	}

	/**
	 * Make sure that a person can be reached.
	 * @param mode the mode that needs one
	 * @throws PersonLoginException if nobody can be reached; the message says which
	 * properties to set
	 */
	public void require(String mode) {
		if (!isReachable()) {
			throw new PersonLoginException("person_unreachable", "the server wants a token, and mode " + mode
					+ " asks a person for it, but " + obstacle() + ". For a service set flyte.credentials.auth-mode="
					+ "client-credentials, flyte.credentials.client-id and one of flyte.credentials.client-secret, "
					+ "client-secret-location, client-secret-env-var. If somebody does read this log, set "
					+ "flyte.credentials.interactive=always", null);
		}
	}

	private String obstacle() {
		if (this.interactive == Interactive.NEVER) {
			return "flyte.credentials.interactive=never forbids it";
		}
		return this.environment.containsKey(KUBERNETES) ? "this process runs in Kubernetes"
				: "this process has neither a terminal nor a desktop";
	}

	/**
	 * Return whether a person can be reached.
	 * @return whether there is a terminal or a desktop, or the settings say so
	 */
	public boolean isReachable() {
		return switch (this.interactive) {
			case ALWAYS -> true;
			case NEVER -> false;
			case AUTO -> !this.environment.containsKey(KUBERNETES) && (isTerminal() || isDesktop());
		};
	}

	private boolean isTerminal() {
		String type = this.environment.getOrDefault("TERM", isWindows() ? "console" : "");
		return !type.isEmpty() && !"dumb".equals(type) && this.console.getAsBoolean();
	}

	// From Java 22 on there can be a console without a terminal, and a method that tells.
	private static boolean hasConsole() {
		Console console = System.console();
		Method tells = ReflectionUtils.findMethod(Console.class, "isTerminal");
		return console != null && (tells == null || Boolean.TRUE.equals(ReflectionUtils.invokeMethod(tells, console)));
	}

	// Not by java.awt.headless, which Spring Boot sets in every application.
	private boolean isDesktop() {
		if (isWindows()) {
			// A service has a session of its own, which nobody sees.
			return !"services".equalsIgnoreCase(this.environment.getOrDefault("SESSIONNAME", "services"));
		}
		if (this.system.startsWith("mac")) {
			return !this.environment.containsKey("SSH_CONNECTION");
		}
		return this.environment.containsKey("DISPLAY") || this.environment.containsKey("WAYLAND_DISPLAY");
	}

	private boolean isWindows() {
		return this.system.startsWith("windows");
	}

	/**
	 * Tell the person, through the log and as an event of the application.
	 * @param message what to do
	 * @param event the event
	 */
	public void tell(String message, Object event) {
		logger.warn(message);
		try {
			this.events.accept(event);
		}
		catch (RuntimeException ex) {
			logger.debug("A listener of " + event.getClass().getSimpleName() + " failed", ex);
		}
	}

}
