package io.flyteconnect.testsupport;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import javax.tools.ToolProvider;

import org.springframework.boot.SpringApplicationAotProcessor;
import org.springframework.context.aot.AbstractAotProcessor.Settings;

/**
 * An application that is processed ahead of time, as {@code spring-boot:process-aot} does
 * it, and can then be run.
 */
public final class AheadOfTime {

	private final Class<?> application;

	private final Path folder;

	/**
	 * Create it.
	 * @param application the class that is processed
	 * @param folder where what is generated goes
	 */
	public AheadOfTime(Class<?> application, Path folder) {
		this.application = application;
		this.folder = folder;
	}

	/**
	 * Process the application.
	 * @param arguments the arguments of its main method
	 * @return this
	 * @throws IOException if a file cannot be written
	 */
	public AheadOfTime generate(String... arguments) throws IOException {
		Settings settings = Settings.builder()
			.sourceOutput(output("sources"))
			.resourceOutput(output("classes"))
			.classOutput(output("classes"))
			.groupId("com.example")
			.artifactId("aot")
			.build();
		new SpringApplicationAotProcessor(this.application, settings, arguments).process();
		return this;
	}

	/**
	 * Compile what was generated.
	 * @return this
	 * @throws IOException if a file cannot be read
	 */
	public AheadOfTime compile() throws IOException {
		List<String> compilation = new ArrayList<>(
				List.of("-nowarn", "-proc:none", "-d", output("classes").toString(), "-cp", classPath()));
		files("sources").forEach((file) -> compilation.add(file.toString()));
		if (ToolProvider.getSystemJavaCompiler().run(null, null, null, compilation.toArray(String[]::new)) != 0) {
			throw new IllegalStateException("What was generated does not compile");
		}
		return this;
	}

	/**
	 * Return all that was generated, with the names of the files.
	 * @return the text
	 * @throws IOException if a file cannot be read
	 */
	public String generated() throws IOException {
		StringBuilder all = new StringBuilder();
		for (String name : List.of("sources", "classes")) {
			for (Path file : files(name)) {
				all.append(file).append('\n').append(Files.readString(file, StandardCharsets.ISO_8859_1));
			}
		}
		return all.toString();
	}

	/**
	 * Return the command that runs the application.
	 * @param main the class with the main method
	 * @param arguments its arguments
	 * @return the command, to which the working directory is that of this process
	 * @throws IOException if a folder cannot be made
	 */
	public ProcessBuilder run(Class<?> main, String... arguments) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Dspring.aot.enabled=true",
						"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:+UnlockDiagnosticVMOptions",
						"-XX:-BytecodeVerificationRemote", "-cp", classPath(), main.getName()));
		command.addAll(List.of(arguments));
		return new ProcessBuilder(command);
	}

	private String classPath() throws IOException {
		return output("classes") + File.pathSeparator + System.getProperty("java.class.path");
	}

	private Path output(String name) throws IOException {
		return Files.createDirectories(this.folder.resolve("aot").resolve(name));
	}

	private List<Path> files(String name) throws IOException {
		try (Stream<Path> files = Files.walk(output(name))) {
			return files.filter(Files::isRegularFile).toList();
		}
	}

}
