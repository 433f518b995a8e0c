package io.flyteconnect.oauth2.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * Files that nobody but their owner can read, at no time.
 */
final class StoreFiles {

	private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

	private static final Set<PosixFilePermission> OWNER_FOLDER = PosixFilePermissions.fromString("rwx------");

	private static final boolean POSIX = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

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
	 * complete on the disk before it takes the place of the old one.
	 */
	static void replace(Path file, String text) throws IOException {
		Path folder = file.toAbsolutePath().getParent();
		Path name = file.getFileName();
		Path fresh = Files.createTempFile(folder, name + ".", ".new", attributes(OWNER_ONLY));
		try {
			write(fresh, text.getBytes(StandardCharsets.UTF_8));
			Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		}
		finally {
			Files.deleteIfExists(fresh);
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
		return !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS));
	}

	private static FileAttribute<?>[] attributes(Set<PosixFilePermission> permissions) {
		return POSIX ? new FileAttribute<?>[] { PosixFilePermissions.asFileAttribute(permissions) }
				: new FileAttribute<?>[0];
	}

}
