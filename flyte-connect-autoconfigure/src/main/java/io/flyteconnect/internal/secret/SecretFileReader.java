package io.flyteconnect.internal.secret;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.file.BoundedFile;
import io.flyteconnect.internal.file.TimedFileAccess;
import io.flyteconnect.internal.file.UnusableFileException;
import io.flyteconnect.secret.UnreadableSecretException;

/**
 * Reads a secret file as a whole, and only from within its folder. Kubernetes stores a
 * volume in a folder {@code ..<time>} beside the link {@code ..data}. It changes all
 * files at once by switching the link, and then removes the old folder. A read during the
 * switch is repeated ({@code pkg/volume/util/atomic_writer.go}).
 */
final class SecretFileReader {

	private static final int ATTEMPTS = 20;

	private final Path folder;

	private final Path file;

	private final String description;

	private final Duration patience;

	SecretFileReader(Path folder, Path file, String description) {
		this(folder, file, description, TimedFileAccess.PATIENCE);
	}

	/**
	 * Create a reader.
	 * @param folder the folder of all secrets
	 * @param file the file
	 * @param description a description of the file for messages
	 * @param patience the time limit of the disk
	 */
	SecretFileReader(Path folder, Path file, String description, Duration patience) {
		this.folder = folder;
		this.file = file;
		this.description = description;
		this.patience = patience;
	}

	/**
	 * Read the file.
	 * @return its content, or {@code null} if the file does not exist
	 * @throws UnreadableSecretException if the file exists, but cannot be read
	 */
	byte @Nullable [] read() {
		try {
			return TimedFileAccess.<byte @Nullable []>call(this.file, "read", this.patience, this::find,
					SecretFileReader::wipe);
		}
		catch (UnusableFileException ex) {
			throw unreadable("it " + ex.getSentence());
		}
		catch (IOException ex) {
			// Does not use the cause's message: its path may be a secret by mistake.
			throw unreadable("reading it failed (" + ex.getClass().getSimpleName() + ")");
		}
	}

	private static void wipe(byte @Nullable [] late) {
		if (late != null) {
			Arrays.fill(late, (byte) 0);
		}
	}

	private byte @Nullable [] find() throws IOException {
		for (int attempt = 1;; attempt++) {
			try {
				Path real = realPath();
				if (isWithin(real)) {
					return Files.isDirectory(real) ? null : read(real);
				}
				if (attempt >= ATTEMPTS) {
					throw unreadable("a link leads out of the folder of its group");
				}
			}
			catch (NoSuchFileException ex) {
				if (attempt >= ATTEMPTS || !isBehindLink()) {
					return null;
				}
			}
		}
	}

	/** Kubernetes does not create links from one group to another. */
	private boolean isWithin(Path real) throws IOException {
		Path below = this.folder.relativize(this.file);
		Path group = (below.getNameCount() > 1) ? this.folder.resolve(below.getName(0)) : this.folder;
		return real.startsWith(this.folder.toRealPath()) && real.startsWith(group.toRealPath());
	}

	/**
	 * A path below a regular file, or in a folder without permission, counts as missing.
	 */
	private Path realPath() throws IOException {
		if (!Files.exists(this.file, LinkOption.NOFOLLOW_LINKS)) {
			throw new NoSuchFileException(null);
		}
		return this.file.toRealPath();
	}

	/**
	 * Returns whether the file may be missing because Kubernetes is switching the link.
	 */
	private boolean isBehindLink() {
		for (Path path = this.file; path != null; path = path.getParent()) {
			if (Files.isSymbolicLink(path)) {
				return true;
			}
		}
		return false;
	}

	private byte[] read(Path real) throws IOException {
		try {
			return BoundedFile.read(real, LinkOption.NOFOLLOW_LINKS);
		}
		catch (UnusableFileException ex) {
			switch (ex.getProblem()) {
				case MISSING -> throw new NoSuchFileException(null);
				case UNREADABLE -> throw (ex.getCause() instanceof IOException cause) ? cause : ex;
				default -> throw unreadable("it " + ex.getSentence());
			}
		}
	}

	private UnreadableSecretException unreadable(String reason) {
		return new UnreadableSecretException(this.description, reason);
	}

}
