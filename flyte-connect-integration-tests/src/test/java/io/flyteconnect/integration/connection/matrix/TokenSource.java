package io.flyteconnect.integration.connection.matrix;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.grpc.Context;

import io.flyteconnect.login.FlyteCallerToken;
import io.flyteconnect.login.FlyteTokenSupplier;

/**
 * Has a token from elsewhere, and gives it to an application in one of three ways: a
 * shell script prints it, a bean supplies it, or the caller brings it along.
 */
final class TokenSource implements FlyteTokenSupplier {

	private final Path script;

	private final Path file;

	private final Path runs;

	private final AtomicInteger supplied = new AtomicInteger();

	private volatile String token = "";

	/**
	 * Create a source.
	 * @param folder where the script is to be
	 * @param name the name of the script
	 */
	TokenSource(Path folder, String name) {
		this.script = folder.resolve(name + ".sh");
		this.file = folder.resolve(name + ".token");
		this.runs = folder.resolve(name + ".runs");
		write(this.script, "echo run >> '" + this.runs + "'\ncat '" + this.file + "'\n");
		write(this.runs, "");
	}

	private static void write(Path file, String text) {
		try {
			Files.writeString(file, text);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	void set(String token) {
		this.token = token;
		write(this.file, token + "\n");
	}

	/**
	 * Return the command that prints the token.
	 */
	String command() {
		return "sh " + this.script;
	}

	@Override
	public String getToken() {
		this.supplied.incrementAndGet();
		return this.token;
	}

	/**
	 * Make a call as somebody who has the token.
	 */
	<T> T callWithToken(Supplier<T> call) {
		Context context = Context.current().withValue(FlyteCallerToken.KEY, this.token);
		Context previous = context.attach();
		try {
			return call.get();
		}
		finally {
			context.detach(previous);
		}
	}

	/**
	 * Return how often the application asked for the token.
	 */
	int asked() {
		try {
			return this.supplied.get() + Files.readAllLines(this.runs).size();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
