package io.flyteconnect.samples.cli.command;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Why a command ended without an answer.
 *
 * @param exitCode what the shell is told, see {@link ExitCodes}
 * @param message what went wrong
 * @param status the status of a call of gRPC, or {@code null}
 * @param problems what is wrong with each input, by its name
 * @param details of a wrong configuration: {@code property}, {@code origin} and
 * {@code action}, as far as there are any; {@code execution}, which it is about
 * @since 0.1.0
 */
public record Failure(int exitCode, String message, @Nullable String status, Map<String, String> problems,
		Map<String, ?> details) {

	/**
	 * Create a failure that is no call's.
	 * @param exitCode what the shell is told
	 * @param message what went wrong
	 */
	public Failure(int exitCode, String message) {
		this(exitCode, message, null, Map.of());
	}

	/**
	 * Create a failure of a call.
	 * @param exitCode what the shell is told
	 * @param message what went wrong
	 * @param status the status of a call of gRPC, or {@code null}
	 * @param problems what is wrong with each input, by its name
	 */
	public Failure(int exitCode, String message, @Nullable String status, Map<String, String> problems) {
		this(exitCode, message, status, problems, Map.of());
	}

	/**
	 * Create a failure of the configuration.
	 * @param exitCode what the shell is told
	 * @param message what is wrong
	 * @param details which property, where it stands and what to do
	 */
	public Failure(int exitCode, String message, Map<String, String> details) {
		this(exitCode, message, null, Map.of(), details);
	}

	/**
	 * Return the failure with a detail more.
	 * @param name the name of the detail
	 * @param value what it is
	 * @return a failure
	 */
	public Failure with(String name, Object value) {
		Map<String, Object> all = new LinkedHashMap<>(this.details);
		all.put(name, value);
		return new Failure(this.exitCode, this.message, this.status, this.problems, all);
	}

	/**
	 * Return the failure with more to say.
	 * @param clause what follows the message
	 * @return a failure
	 */
	public Failure saying(String clause) {
		return new Failure(this.exitCode, this.message + clause, this.status, this.problems, this.details);
	}

	/**
	 * Write the failure: as a line, or as an object with the key {@code error}.
	 * @param output how
	 * @param warnings what was logged before and has been held back, a part of the object
	 * @param err where to
	 */
	public void write(Output output, List<String> warnings, PrintWriter err) {
		Map<String, Object> error = new LinkedHashMap<>();
		error.put("message", this.message);
		error.put("exitCode", this.exitCode);
		if (this.status != null) {
			error.put("status", this.status);
		}
		if (!this.problems.isEmpty()) {
			error.put("inputs", this.problems);
		}
		error.putAll(this.details);
		Map<String, Object> object = new LinkedHashMap<>();
		object.put("error", error);
		if (!warnings.isEmpty()) {
			object.put("warnings", warnings);
		}
		output.fail(this.message, object, err);
		err.flush();
	}

}
