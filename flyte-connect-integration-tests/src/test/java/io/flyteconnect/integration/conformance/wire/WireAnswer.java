package io.flyteconnect.integration.conformance.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.grpc.Status.Code;
import org.jspecify.annotations.Nullable;

/**
 * What came of a case.
 *
 * @param results what each call gave
 * @param wire every request, in order
 * @param told what a person was told
 * @param commands how often a command of the case was run that keeps count
 * @param tunnelled whether calls came through an HTTP proxy
 */
public record WireAnswer(List<Map<String, Object>> results, List<Map<String, Object>> wire, List<String> told,
		long commands, boolean tunnelled) {

	/** The file that commands which keep count write a line to. */
	private static final String COUNT = "files/calls";

	public WireAnswer(List<Map<String, Object>> results, List<Map<String, Object>> wire, List<String> told, Path folder,
			boolean tunnelled) {
		this(results, wire, told, count(folder.resolve(COUNT)), tunnelled);
	}

	private static long count(Path file) {
		try (Stream<String> lines = Files.exists(file) ? Files.lines(file) : Stream.empty()) {
			return lines.count();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public static Map<String, Object> ok(String op, Object value) {
		return new TreeMap<>(Map.of("op", op, "ok", value));
	}

	/** A call that the server refused. */
	public static Map<String, Object> failed(String op, Code code) {
		return new TreeMap<>(Map.of("op", op, "error", code.name()));
	}

	/**
	 * A call that failed with its login.
	 * @param op the method
	 * @param code what the caller sees
	 * @param step the step of the login that failed
	 * @param answered how Flyte answered that step, or {@code null}
	 * @return the result
	 */
	public static Map<String, Object> failed(String op, Code code, String step, @Nullable Code answered) {
		Map<String, Object> result = failed(op, code);
		result.put("login", step);
		if (answered != null) {
			result.put("answered", answered.name());
		}
		return result;
	}

	/** A client that did not even start. */
	public static Map<String, Object> refused(String op, String property) {
		return new TreeMap<>(Map.of("op", op, "error", "STARTUP", "property", property));
	}

	public Map<String, Object> toMap() {
		Map<String, Object> map = new TreeMap<>(Map.of("results", this.results, "wire", this.wire));
		if (!this.told.isEmpty()) {
			map.put("told", this.told);
		}
		if (this.commands > 0) {
			map.put("commands", this.commands);
		}
		if (this.tunnelled) {
			map.put("tunnelled", true);
		}
		return map;
	}

}
