package io.flyteconnect.secret;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Reads a file of secrets as a whole, and from its folder only. Kubernetes keeps a volume
 * in a folder {@code ..<time>} beside the link {@code ..data}, which it turns over to
 * change all files at once, and removes the old folder: whoever is in between looks again
 * ({@code pkg/volume/util/atomic_writer.go}).
 *
 * @author Flyte Connect
 */
final class SecretFileReader {

	/** Kubernetes' limit for all keys of a secret. */
	static final int LIMIT = 1024 * 1024;

	private static final int ATTEMPTS = 20;

	private final Path folder;

	private final Path file;

	private final String description;

	SecretFileReader(Path folder, Path file, String description) {
		this.folder = folder;
		this.file = file;
		this.description = description;
	}

	/**
	 * Read the file.
	 * @return its content, or {@code null} if there is no such file
	 * @throws UnreadableSecretException if there is one, but it is none to read
	 */
	byte @Nullable [] read() {
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
			catch (IOException ex) {
				// Not its message: the path may be a secret by mistake.
				throw unreadable("reading it failed (" + ex.getClass().getSimpleName() + ")");
			}
		}
	}

	/** A link from one group to another is not Kubernetes' either. */
	private boolean isWithin(Path real) throws IOException {
		Path below = this.folder.relativize(this.file);
		Path group = (below.getNameCount() > 1) ? this.folder.resolve(below.getName(0)) : this.folder;
		return real.startsWith(this.folder.toRealPath()) && real.startsWith(group.toRealPath());
	}

	/** What lies below a file, or where nobody may look, is not there either. */
	private Path realPath() throws IOException {
		if (!Files.exists(this.file, LinkOption.NOFOLLOW_LINKS)) {
			throw new NoSuchFileException(null);
		}
		return this.file.toRealPath();
	}

	/** Whether what is not there may have been turned over at this moment. */
	private boolean isBehindLink() {
		for (Path path = this.file; path != null; path = path.getParent()) {
			if (Files.isSymbolicLink(path)) {
				return true;
			}
		}
		return false;
	}

	private byte[] read(Path real) throws IOException {
		BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class,
				LinkOption.NOFOLLOW_LINKS);
		if (!attributes.isRegularFile()) {
			throw unreadable("it is no regular file");
		}
		byte[] content = (attributes.size() < LIMIT) ? read(real, (int) attributes.size() + 1) : null;
		// It may have grown meanwhile, and some file systems do not tell the size.
		content = (content != null) ? content : read(real, LIMIT + 1);
		if (content == null) {
			throw unreadable("it is larger than 1 MiB");
		}
		return content;
	}

	// A direct buffer: for one on the heap, the JDK reads into one of its own, and keeps
	// it
	// for the thread with the secret in it.
	private static byte @Nullable [] read(Path real, int limit) throws IOException {
		ByteBuffer buffer = ByteBuffer.allocateDirect(limit);
		try (SeekableByteChannel channel = Files.newByteChannel(real,
				Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
			int count = 0;
			while (count >= 0 && buffer.hasRemaining()) {
				count = channel.read(buffer);
			}
			return buffer.hasRemaining() ? content(buffer.flip()) : null;
		}
		finally {
			buffer.clear().put(new byte[limit]);
		}
	}

	private static byte[] content(ByteBuffer buffer) {
		byte[] content = new byte[buffer.remaining()];
		buffer.get(content);
		return content;
	}

	private UnreadableSecretException unreadable(String reason) {
		return new UnreadableSecretException(this.description, reason);
	}

}
