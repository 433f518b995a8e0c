package io.flyteconnect.internal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.internal.file.UnusableFileException.Problem;

/**
 * Reads whole files that others wrote or named: configuration, secrets, certificates,
 * stored logins. Opens regular files only, since a named pipe or a device may never end,
 * and reads at most {@value #LIMIT} bytes. Follows links, such as those of a Kubernetes
 * volume.
 *
 * @since 0.1.0
 */
public final class BoundedFile {

	/** The size of the largest file: Kubernetes' limit for all keys of a secret. */
	public static final int LIMIT = 1024 * 1024;

	private BoundedFile() {
	}

	/**
	 * Read a file. No copy of its content remains in a buffer.
	 * @param file the file
	 * @param options {@link LinkOption#NOFOLLOW_LINKS} to reject a link instead of
	 * following it
	 * @return its content
	 * @throws UnusableFileException if the file does not exist, is not a regular file, is
	 * too large, cannot be read, or reading it took more than 3 s
	 */
	public static byte[] read(Path file, LinkOption... options) throws UnusableFileException {
		return read(file, TimedFileAccess.PATIENCE, options);
	}

	static byte[] read(Path file, Duration patience, LinkOption... options) throws UnusableFileException {
		try {
			// The content that is no longer needed may be a secret.
			return TimedFileAccess.call(file, "read", patience, () -> readNow(file, options),
					(late) -> Arrays.fill(late, (byte) 0));
		}
		catch (UnusableFileException ex) {
			throw ex;
		}
		catch (IOException ex) {
			throw new UnusableFileException(file, Problem.UNREADABLE, ex);
		}
	}

	private static byte[] readNow(Path file, LinkOption... options) throws UnusableFileException {
		try {
			BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class, options);
			if (!attributes.isRegularFile()) {
				throw new UnusableFileException(file, attributes.isDirectory() ? Problem.FOLDER : Problem.NOT_REGULAR,
						null);
			}
			byte[] content = (attributes.size() < LIMIT) ? read(file, (int) attributes.size() + 1, options) : null;
			// It may have grown meanwhile, and some file systems do not tell the size.
			content = (content != null) ? content : read(file, LIMIT + 1, options);
			if (content == null) {
				throw new UnusableFileException(file, Problem.TOO_LARGE, null);
			}
			return content;
		}
		catch (UnusableFileException ex) {
			throw ex;
		}
		catch (NoSuchFileException ex) {
			if (isBelowAFile(file)) {
				throw new UnusableFileException(file, Problem.UNREADABLE,
						new FileSystemException(file.toString(), null, "Not a directory"));
			}
			throw new UnusableFileException(file, Problem.MISSING, ex);
		}
		catch (IOException ex) {
			throw new UnusableFileException(file, Problem.UNREADABLE, ex);
		}
	}

	/**
	 * Java 25 throws the same exception for a path below a regular file as for a missing
	 * file; Java 17 throws different ones.
	 */
	private static boolean isBelowAFile(Path file) {
		Path above = file.toAbsolutePath().getParent();
		for (; above != null; above = above.getParent()) {
			try {
				// A single system call answers both questions, since a folder may be
				// removed between two calls.
				return !Files.readAttributes(above, BasicFileAttributes.class).isDirectory();
			}
			catch (IOException ex) {
				// The file does not exist.
			}
		}
		return false;
	}

	/**
	 * Read a file of text in UTF-8.
	 * @param file the file
	 * @return its text, including a byte order mark
	 * @throws UnusableFileException as {@link #read}, and if the file is not UTF-8 text
	 */
	public static String text(Path file) throws UnusableFileException {
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(read(file))).toString();
		}
		catch (CharacterCodingException ex) {
			throw new UnusableFileException(file, Problem.NOT_TEXT, ex);
		}
	}

	// The buffer is direct: for a heap buffer, the JDK would read into a direct buffer of
	// its own, and keep it with the secret in it for the thread.
	private static byte @Nullable [] read(Path file, int limit, LinkOption... options) throws IOException {
		Set<OpenOption> open = new HashSet<>(List.of(options));
		open.add(StandardOpenOption.READ);
		ByteBuffer buffer = ByteBuffer.allocateDirect(limit);
		try (SeekableByteChannel channel = Files.newByteChannel(file, open)) {
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

}
