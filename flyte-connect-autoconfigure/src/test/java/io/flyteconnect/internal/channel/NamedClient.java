package io.flyteconnect.internal.channel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.Security;
import java.time.Duration;

import io.grpc.StatusRuntimeException;

/**
 * A connection in a process of its own, whose names are those of a file: the JVM asks no
 * other source then, and looks a name up again after a second.
 */
public final class NamedClient implements AutoCloseable {

	private final Process process;

	private final BufferedReader answers;

	private NamedClient(Process process) {
		this.process = process;
		this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
	}

	static NamedClient start(Path hosts, String host, int port) throws IOException {
		return start(hosts, host, port, Duration.ZERO, "pick_first");
	}

	static NamedClient start(Path hosts, String host, int port, Duration maxConnectionAge, String policy)
			throws IOException {
		return new NamedClient(new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-Djdk.net.hosts.file=" + hosts, "-Dnetworkaddress.cache.ttl=1", "-cp",
				System.getProperty("java.class.path"), NamedClient.class.getName(), host, "" + port,
				maxConnectionAge.toString(), policy)
			.redirectError(Redirect.INHERIT)
			.start());
	}

	/**
	 * Make one call.
	 * @return the version of the server, or the code of the failure
	 */
	String call() throws IOException {
		this.process.getOutputStream().write('\n');
		this.process.getOutputStream().flush();
		return String.valueOf(this.answers.readLine());
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

	public static void main(String[] arguments) throws IOException {
		// The JVM's own memory of names; that of gRPC is a system property.
		Security.setProperty("networkaddress.cache.ttl", "1");
		PrintStream answers = System.out;
		// For a log, if there is one.
		System.setOut(System.err);
		try (TestConnection connection = TestConnection.to(arguments[0], Integer.parseInt(arguments[1]))) {
			connection.maxConnectionAge = Duration.parse(arguments[2]);
			connection.loadBalancingPolicy = arguments[3];
			while (System.in.read() != -1) {
				answers.println(answer(connection));
			}
		}
	}

	private static String answer(TestConnection connection) {
		try {
			return connection.read().getControlPlaneVersion().getVersion();
		}
		catch (StatusRuntimeException ex) {
			return ex.getStatus().getCode().toString();
		}
	}

}
