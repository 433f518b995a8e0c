package io.flyteconnect.testsupport;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import javax.sql.DataSource;

import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL of Debian's package {@code postgresql}, in a folder and on a port of its
 * own.
 */
public final class PostgresServer implements AutoCloseable {

	private final Path programs;

	private final Path folder;

	private final int port;

	/**
	 * Start a server.
	 * @throws IOException if that is not possible
	 */
	public PostgresServer() throws IOException {
		this.programs = programs();
		// PostgreSQL does not run as root, and the folder has to be the user's own.
		this.folder = Path.of(run("mktemp", "-d", "/tmp/flyte-postgres-XXXXXX").strip());
		run(program("initdb"), "-D", data(), "-U", "flyte", "-A", "trust", "-E", "UTF8", "--no-sync");
		this.port = FreePorts.reserve();
		run(program("pg_ctl"), "-D", data(), "-w", "-t", "60", "-l", this.folder.resolve("log").toString(), "-o",
				"-h 127.0.0.1 -p " + this.port + " -k " + this.folder + " -F", "start");
	}

	/**
	 * Return the database.
	 * @return a data source that opens a connection each time
	 */
	public DataSource dataSource() {
		return dataSource(this.port);
	}

	/**
	 * Return the port of the server.
	 * @return the port
	 */
	public int port() {
		return this.port;
	}

	/**
	 * Return the database behind another port, as that of a relay.
	 * @param port the port
	 * @return a data source that opens a connection each time
	 */
	public DataSource dataSource(int port) {
		PGSimpleDataSource dataSource = new PGSimpleDataSource();
		dataSource.setServerNames(new String[] { "127.0.0.1" });
		dataSource.setPortNumbers(new int[] { port });
		dataSource.setDatabaseName("postgres");
		dataSource.setUser("flyte");
		return dataSource;
	}

	private String data() {
		return this.folder.resolve("data").toString();
	}

	private String program(String name) {
		return this.programs.resolve(name).toString();
	}

	// Debian keeps them off the path.
	private static Path programs() throws IOException {
		List<Path> folders = new ArrayList<>();
		Path debian = Path.of("/usr/lib/postgresql");
		if (Files.isDirectory(debian)) {
			try (Stream<Path> versions = Files.list(debian)) {
				versions.map((version) -> version.resolve("bin"))
					.sorted(Comparator.reverseOrder())
					.forEach(folders::add);
			}
		}
		Arrays.stream(System.getenv("PATH").split(File.pathSeparator)).map(Path::of).forEach(folders::add);
		return folders.stream()
			.filter((folder) -> Files.isExecutable(folder.resolve("initdb")))
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("PostgreSQL is not installed (Debian: postgresql)"));
	}

	private static String run(String... command) throws IOException {
		List<String> words = new ArrayList<>();
		if ("root".equals(System.getProperty("user.name"))) {
			words.addAll(List.of("runuser", "-u", "postgres", "--"));
		}
		words.addAll(List.of(command));
		Path output = Files.createTempFile("postgres", ".out");
		try {
			// To a file: the server keeps the output of pg_ctl open.
			Process process = new ProcessBuilder(words).directory(Path.of("/tmp").toFile())
				.redirectErrorStream(true)
				.redirectOutput(output.toFile())
				.start();
			boolean ended = process.waitFor(90, TimeUnit.SECONDS);
			String text = Files.readString(output, StandardCharsets.UTF_8);
			if (!ended || process.exitValue() != 0) {
				process.destroyForcibly();
				throw new IllegalStateException(words + " failed: " + text);
			}
			return text;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
		finally {
			Files.delete(output);
		}
	}

	@Override
	public void close() throws IOException {
		run(program("pg_ctl"), "-D", data(), "-m", "immediate", "stop");
		run("rm", "-rf", this.folder.toString());
	}

}
