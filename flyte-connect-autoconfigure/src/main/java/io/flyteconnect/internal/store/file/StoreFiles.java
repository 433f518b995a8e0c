package io.flyteconnect.internal.store.file;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Creates files that only their owner can read from the start.
 */
final class StoreFiles {

	private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

	private static final Set<PosixFilePermission> OWNER_FOLDER = PosixFilePermissions.fromString("rwx------");

	private static final boolean POSIX = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

	/** The most links to follow, as on Linux. */
	private static final int MOST_LINKS = 40;

	private StoreFiles() {
	}

	static void createFolderOf(Path file) throws IOException {
		Path folder = file.toAbsolutePath().getParent();
		if (folder != null && !Files.isDirectory(folder)) {
			Files.createDirectories(folder, attributes(OWNER_FOLDER));
		}
	}

	/**
	 * Open a file to lock it; its content is not used.
	 */
	static FileChannel openLock(Path file) throws IOException {
		return FileChannel.open(file, EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
				attributes(OWNER_ONLY));
	}

	/**
	 * Replace the content of a file atomically. The new file is flushed to the disk
	 * before it replaces the old one, since a full disk may accept a part of a write
	 * without an error. If the path is a link, the file that it names is replaced.
	 * @throws IOException if the file cannot be written, or this thread was interrupted
	 * because its caller stopped waiting
	 */
	static void replace(Path file, byte[] content) throws IOException {
		Path target = target(file).toAbsolutePath();
		Path folder = target.getParent();
		Path fresh = Files.createTempFile(folder, target.getFileName() + ".", ".new", attributes(OWNER_ONLY));
		try {
			write(fresh, content);
			if (Thread.currentThread().isInterrupted()) {
				throw new InterruptedIOException("given up before the file was replaced");
			}
			Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		}
		finally {
			Files.deleteIfExists(fresh);
		}
		flush(folder);
	}

	/** Returns the target of a link, even if it does not exist. */
	private static Path target(Path file) throws IOException {
		Path target = file;
		for (int i = 0; i < MOST_LINKS && Files.isSymbolicLink(target); i++) {
			target = target.resolveSibling(Files.readSymbolicLink(target));
		}
		return target;
	}

	/** Flushes the folder with the new name, if the system can open folders. */
	private static void flush(@Nullable Path folder) {
		if (folder == null) {
			return;
		}
		try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
			channel.force(true);
		}
		catch (IOException ex) {
			// Windows cannot open folders; the new file is still valid.
		}
	}

	private static void write(Path file, byte[] content) throws IOException {
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
			ByteBuffer buffer = ByteBuffer.wrap(content);
			while (buffer.hasRemaining()) {
				if (channel.write(buffer) == 0) {
					throw new IOException(
							"the disk takes no more than " + buffer.position() + " of " + content.length + " bytes");
				}
			}
			channel.force(true);
		}
		byte[] written = Files.readAllBytes(file);
		if (!Arrays.equals(written, content)) {
			throw new IOException(
					"the disk kept " + written.length + " bytes of " + content.length + ", or other ones");
		}
	}

	/**
	 * Return whether users other than the owner have access to a file.
	 */
	static boolean isOpenToOthers(Path file) throws IOException {
		if (!POSIX) {
			return false;
		}
		return !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file));
	}

	private static FileAttribute<?>[] attributes(Set<PosixFilePermission> permissions) {
		return POSIX ? new FileAttribute<?>[] { PosixFilePermissions.asFileAttribute(permissions) }
				: new FileAttribute<?>[0];
	}

}
