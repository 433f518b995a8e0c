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
 * Files that nobody but their owner can read, at no time.
 */
final class StoreFiles {

	private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

	private static final Set<PosixFilePermission> OWNER_FOLDER = PosixFilePermissions.fromString("rwx------");

	private static final boolean POSIX = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

	/** As many as Linux follows. */
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
	 * Open a file for a lock; its content means nothing.
	 */
	static FileChannel openLock(Path file) throws IOException {
		return FileChannel.open(file, EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
				attributes(OWNER_ONLY));
	}

	/**
	 * Replace the content of a file: readers see the old or the new one, never a part. A
	 * disk that fills up takes a part of a write without an error, so the new file is
	 * complete on the disk before it takes the place of the old one. A link stays, and
	 * the file that it names is replaced.
	 * @throws IOException if that is not possible, or this thread was interrupted since
	 * nobody waits for it any more
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

	/** What a link names, even if it is not there yet. */
	private static Path target(Path file) throws IOException {
		Path target = file;
		for (int i = 0; i < MOST_LINKS && Files.isSymbolicLink(target); i++) {
			target = target.resolveSibling(Files.readSymbolicLink(target));
		}
		return target;
	}

	/** The new name is on the disk, too, where the system can open folders. */
	private static void flush(@Nullable Path folder) {
		if (folder == null) {
			return;
		}
		try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
			channel.force(true);
		}
		catch (IOException ex) {
			// Windows opens no folder; the new file counts all the same.
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
	 * Return whether somebody other than the owner has rights to a file.
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
