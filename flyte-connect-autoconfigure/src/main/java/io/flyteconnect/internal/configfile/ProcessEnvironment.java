package io.flyteconnect.internal.configfile;

import java.lang.management.ManagementFactory;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * The environment of a process. A running JVM cannot change it, so code that reads it
 * gets it as a value.
 *
 * @param variables the environment variables
 * @param home the home folder
 * @param workingDirectory the folder that relative paths start from
 * @since 0.1.0
 */
public record ProcessEnvironment(Map<String, String> variables, Path home, Path workingDirectory) {

	public ProcessEnvironment {
		variables = Map.copyOf(variables);
	}

	/**
	 * Return the environment of this process.
	 * @return variables, home and working directory of the JVM
	 */
	public static ProcessEnvironment current() {
		return of(System.getenv());
	}

	/**
	 * Return the environment of this process with other variables. The home is that of
	 * Python's {@code Path.home()}, which flytekit uses: the variable {@code HOME} if it
	 * is set, or else the system property {@code user.home}. If the JVM was started with
	 * {@code -Duser.home}, that one is used.
	 * @param variables the environment variables
	 * @return these variables, with home and working directory of the JVM
	 */
	public static ProcessEnvironment of(Map<String, String> variables) {
		String home = variables.get("HOME");
		String known = System.getProperty("user.home", "");
		if (home == null || home.isEmpty() || !home.equals(known) && isUserHomeSet()) {
			home = known;
		}
		return new ProcessEnvironment(variables, Path.of(home), Path.of("").toAbsolutePath());
	}

	private static boolean isUserHomeSet() {
		for (String argument : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
			if (argument.startsWith("-Duser.home=")) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Return the environment of this process with the variables of a Spring environment.
	 * @param environment the environment
	 * @return the variables of the environment's property source, with home and working
	 * directory of the JVM
	 */
	public static ProcessEnvironment of(ConfigurableEnvironment environment) {
		PropertySource<?> source = environment.getPropertySources()
			.get(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
		if (source == null || !(source.getSource() instanceof Map<?, ?> map)) {
			return current();
		}
		Map<String, String> variables = new HashMap<>();
		for (Map.Entry<?, ?> variable : map.entrySet()) {
			variables.put(String.valueOf(variable.getKey()), String.valueOf(variable.getValue()));
		}
		return of(variables);
	}

	/**
	 * Return the value of a variable.
	 * @param name the name
	 * @return the value, or {@code null} if there is no such variable
	 */
	public @Nullable String variable(String name) {
		return this.variables.get(name);
	}

	/**
	 * Make a path absolute. A {@code ~} has no special meaning, as in flytekit.
	 * @param path the path
	 * @return the absolute path; a relative path is resolved against the working
	 * directory
	 * @throws InvalidPathException if the text is not a valid path
	 */
	public Path resolve(String path) {
		return this.workingDirectory.resolve(path);
	}

	@Override
	public String toString() {
		return "ProcessEnvironment[home=" + this.home + ", workingDirectory=" + this.workingDirectory + "]";
	}

}
