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
 * Reads a file as a whole that somebody else wrote or named: configuration, secrets,
 * certificates, kept logins. Only a regular file is opened, as a named pipe or a device
 * may never end, and no more than {@value #LIMIT} bytes are taken from it. Links, such as
 * those of a Kubernetes volume, are followed to the file that they name.
 *
 * @since 0.1.0
 */
public final class BoundedFile {

	/** The largest file that is read: Kubernetes' limit for all keys of a secret. */
	public static final int LIMIT = 1024 * 1024;

	private BoundedFile() {
	}

	/**
	 * Read a file. No copy of what it holds stays behind in buffers.
	 * @param file the file
	 * @param options {@link LinkOption#NOFOLLOW_LINKS} to refuse a link in the place of
	 * the file itself
	 * @return its content
	 * @throws UnusableFileException if there is no such file, it is no regular one, it is
	 * too large, it cannot be read, or that took more than 3 s
	 */
	public static byte[] read(Path file, LinkOption... options) throws UnusableFileException {
		return read(file, TimedFileAccess.PATIENCE, options);
	}

	static byte[] read(Path file, Duration patience, LinkOption... options) throws UnusableFileException {
		try {
			// What nobody wants any more may be a secret.
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
	 * Java 25 has the same exception for a path that leads through a file as for one that
	 * leads nowhere; Java 17 tells them apart.
	 */
	private static boolean isBelowAFile(Path file) {
		Path above = file.toAbsolutePath().getParent();
		for (; above != null; above = above.getParent()) {
			try {
				// One look answers both, as a folder may be removed between two.
				return !Files.readAttributes(above, BasicFileAttributes.class).isDirectory();
			}
			catch (IOException ex) {
				// It is not there.
			}
		}
		return false;
	}

	/**
	 * Read a file of text in UTF-8.
	 * @param file the file
	 * @return its text, with a byte order mark where it has one
	 * @throws UnusableFileException as {@link #read}, and if it is no such text
	 */
	public static String text(Path file) throws UnusableFileException {
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(read(file))).toString();
		}
		catch (CharacterCodingException ex) {
			throw new UnusableFileException(file, Problem.NOT_TEXT, ex);
		}
	}

	// A direct buffer: for one on the heap, the JDK reads into one of its own, and keeps
	// it for the thread with the secret in it.
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
