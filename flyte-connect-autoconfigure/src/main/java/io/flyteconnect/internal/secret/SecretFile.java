package io.flyteconnect.internal.secret;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.secret.SecretValue;

/**
 * A file that may hold a secret.
 */
final class SecretFile implements SecretPlace {

	private final Path folder;

	/** The path; {@code null} if the file system does not allow the name. */
	private final @Nullable Path file;

	private final String description;

	private SecretFile(Path folder, @Nullable Path file, String description) {
		this.folder = folder;
		this.file = file;
		this.description = description;
	}

	/**
	 * Return a file below a folder of secrets.
	 * @param folder the folder, which links must not leave
	 * @param name the path below it
	 * @return the file
	 */
	static SecretFile below(Path folder, String name) {
		return new SecretFile(folder, resolve(folder, name), "file " + folder + "/" + name);
	}

	private static @Nullable Path resolve(Path folder, String name) {
		try {
			return folder.resolve(name);
		}
		catch (InvalidPathException ex) {
			return null;
		}
	}

	/**
	 * Return the file that a variable names. The value of the variable is not shown,
	 * since it may be the secret itself by mistake.
	 * @param variable the name of the variable
	 * @param folder the folder, which links must not leave
	 * @param file the file
	 * @return the file
	 */
	static SecretFile namedBy(String variable, Path folder, Path file) {
		return new SecretFile(folder, file, "the file that environment variable " + variable + " names");
	}

	@Override
	public @Nullable SecretValue read() {
		byte[] bytes = (this.file != null) ? new SecretFileReader(this.folder, this.file, this.description).read()
				: null;
		return (bytes != null) ? SecretValue.ofFile(bytes, this.description) : null;
	}

	@Override
	public String description() {
		return this.description;
	}

	@Override
	public String toString() {
		return this.description;
	}

}
