package io.flyteconnect.testsupport;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import org.jspecify.annotations.Nullable;

/**
 * The disk of this machine, which can be told to stop answering, as a mount of a server
 * that is gone, or to lose what is written to it. What waits for it cannot be
 * interrupted.
 */
public final class BrokenDisk implements AutoCloseable {

	private final FileSystem disk = FileSystems.getDefault();

	private final Provider provider = new Provider();

	private final System system = new System();

	private final List<String> waiting = new CopyOnWriteArrayList<>();

	private final List<String> steps = new CopyOnWriteArrayList<>();

	private volatile @Nullable String hanging;

	private volatile CountDownLatch mended = new CountDownLatch(0);

	private volatile int lost;

	/**
	 * Return a path whose disk this is.
	 * @param path the path
	 * @return the same path
	 */
	public Path path(Path path) {
		return (Path) Proxy.newProxyInstance(Path.class.getClassLoader(), new Class<?>[] { Path.class },
				(proxy, method, arguments) -> {
					switch (method.getName()) {
						case "getFileSystem":
							return this.system;
						case "equals":
							return arguments[0] instanceof Path other && path.equals(real(other));
						case "toRealPath":
							answer("toRealPath");
							break;
						default:
					}
					Object[] reals = (arguments != null) ? Arrays.stream(arguments)
						.map((argument) -> (argument instanceof Path other) ? real(other) : argument)
						.toArray() : null;
					try {
						Object result = method.invoke(path, reals);
						return (result instanceof Path found) ? path(found) : result;
					}
					catch (InvocationTargetException ex) {
						throw ex.getCause();
					}
				});
	}

	private static Path real(Path path) {
		return Path.of(path.toString());
	}

	/**
	 * Stop answering.
	 * @param operation to which operation of {@link FileSystemProvider}, or empty for all
	 */
	public void hang(String operation) {
		this.mended = new CountDownLatch(1);
		this.hanging = operation;
	}

	/**
	 * Lose what is written from now on.
	 * @param bytes how many bytes of each write
	 */
	public void lose(int bytes) {
		this.lost = bytes;
	}

	/**
	 * Return what waits for an answer.
	 * @return the operations
	 */
	public List<String> waiting() {
		return this.waiting;
	}

	/**
	 * Return what has been flushed to the disk and moved so far, in its order.
	 * @return each as {@code flush} or {@code move} and the path that it was about
	 */
	public List<String> steps() {
		return this.steps;
	}

	/**
	 * Answer again, also to what was asked before.
	 */
	@Override
	public void close() {
		this.hanging = null;
		this.lost = 0;
		this.mended.countDown();
	}

	private void answer(String operation) {
		String hanging = this.hanging;
		if (hanging == null || !hanging.isEmpty() && !hanging.equals(operation)) {
			return;
		}
		this.waiting.add(operation);
		boolean interrupted = false;
		while (this.mended.getCount() > 0) {
			try {
				this.mended.await();
			}
			catch (InterruptedException ex) {
				interrupted = true;
			}
		}
		this.waiting.remove(operation);
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	private final class Provider extends FileSystemProvider {

		private FileSystemProvider real() {
			return BrokenDisk.this.disk.provider();
		}

		@Override
		public String getScheme() {
			return "broken";
		}

		@Override
		public FileSystem newFileSystem(URI uri, Map<String, ?> env) {
			throw new UnsupportedOperationException();
		}

		@Override
		public FileSystem getFileSystem(URI uri) {
			return BrokenDisk.this.system;
		}

		@Override
		public Path getPath(URI uri) {
			return path(Path.of(uri));
		}

		@Override
		public SeekableByteChannel newByteChannel(Path path, Set<? extends OpenOption> options,
				FileAttribute<?>... attributes) throws IOException {
			answer("newByteChannel");
			return real().newByteChannel(BrokenDisk.real(path), options, attributes);
		}

		@Override
		public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
				throws IOException {
			answer("newFileChannel");
			FileChannel channel = real().newFileChannel(BrokenDisk.real(path), options, attributes);
			FileChannel recorded = new RecordedChannel(channel, BrokenDisk.real(path));
			return (BrokenDisk.this.lost > 0) ? new LosingChannel(recorded, BrokenDisk.this.lost) : recorded;
		}

		@Override
		public DirectoryStream<Path> newDirectoryStream(Path dir, DirectoryStream.Filter<? super Path> filter)
				throws IOException {
			answer("newDirectoryStream");
			return real().newDirectoryStream(BrokenDisk.real(dir), filter);
		}

		@Override
		public void createDirectory(Path dir, FileAttribute<?>... attributes) throws IOException {
			answer("createDirectory");
			real().createDirectory(BrokenDisk.real(dir), attributes);
		}

		@Override
		public void delete(Path path) throws IOException {
			answer("delete");
			real().delete(BrokenDisk.real(path));
		}

		@Override
		public void copy(Path source, Path target, CopyOption... options) throws IOException {
			answer("copy");
			real().copy(BrokenDisk.real(source), BrokenDisk.real(target), options);
		}

		@Override
		public void move(Path source, Path target, CopyOption... options) throws IOException {
			answer("move");
			real().move(BrokenDisk.real(source), BrokenDisk.real(target), options);
			BrokenDisk.this.steps.add("move " + target);
		}

		@Override
		public Path readSymbolicLink(Path link) throws IOException {
			answer("readSymbolicLink");
			return path(real().readSymbolicLink(BrokenDisk.real(link)));
		}

		@Override
		public boolean isSameFile(Path path, Path other) throws IOException {
			answer("isSameFile");
			return real().isSameFile(BrokenDisk.real(path), BrokenDisk.real(other));
		}

		@Override
		public boolean isHidden(Path path) throws IOException {
			return real().isHidden(BrokenDisk.real(path));
		}

		@Override
		public FileStore getFileStore(Path path) throws IOException {
			answer("getFileStore");
			return real().getFileStore(BrokenDisk.real(path));
		}

		@Override
		public void checkAccess(Path path, AccessMode... modes) throws IOException {
			answer("checkAccess");
			real().checkAccess(BrokenDisk.real(path), modes);
		}

		@Override
		public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
			return real().getFileAttributeView(BrokenDisk.real(path), type, options);
		}

		@Override
		public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
				throws IOException {
			answer("readAttributes");
			return real().readAttributes(BrokenDisk.real(path), type, options);
		}

		@Override
		public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
				throws IOException {
			answer("readAttributes");
			return real().readAttributes(BrokenDisk.real(path), attributes, options);
		}

		@Override
		public void setAttribute(Path path, String attribute, Object value, LinkOption... options) throws IOException {
			answer("setAttribute");
			real().setAttribute(BrokenDisk.real(path), attribute, value, options);
		}

	}

	private final class System extends FileSystem {

		@Override
		public FileSystemProvider provider() {
			return BrokenDisk.this.provider;
		}

		@Override
		public void close() {
			throw new UnsupportedOperationException();
		}

		@Override
		public boolean isOpen() {
			return true;
		}

		@Override
		public boolean isReadOnly() {
			return false;
		}

		@Override
		public String getSeparator() {
			return BrokenDisk.this.disk.getSeparator();
		}

		@Override
		public Iterable<Path> getRootDirectories() {
			return BrokenDisk.this.disk.getRootDirectories();
		}

		@Override
		public Iterable<FileStore> getFileStores() {
			return BrokenDisk.this.disk.getFileStores();
		}

		@Override
		public Set<String> supportedFileAttributeViews() {
			return BrokenDisk.this.disk.supportedFileAttributeViews();
		}

		@Override
		public Path getPath(String first, String... more) {
			return path(Path.of(first, more));
		}

		@Override
		public PathMatcher getPathMatcher(String syntaxAndPattern) {
			return BrokenDisk.this.disk.getPathMatcher(syntaxAndPattern);
		}

		@Override
		public UserPrincipalLookupService getUserPrincipalLookupService() {
			return BrokenDisk.this.disk.getUserPrincipalLookupService();
		}

		@Override
		public WatchService newWatchService() throws IOException {
			return BrokenDisk.this.disk.newWatchService();
		}

	}

	private final class RecordedChannel extends ForwardingFileChannel {

		private final Path path;

		RecordedChannel(FileChannel channel, Path path) {
			super(channel);
			this.path = path;
		}

		@Override
		public void force(boolean metadata) throws IOException {
			super.force(metadata);
			BrokenDisk.this.steps.add("flush " + this.path);
		}

	}

	/** Says that it has written all. */
	private static final class LosingChannel extends ForwardingFileChannel {

		private final int lost;

		LosingChannel(FileChannel channel, int lost) {
			super(channel);
			this.lost = lost;
		}

		@Override
		public int write(ByteBuffer source) throws IOException {
			int length = source.remaining();
			ByteBuffer kept = source.slice(source.position(), Math.max(0, length - this.lost));
			while (kept.hasRemaining()) {
				super.write(kept);
			}
			source.position(source.limit());
			return length;
		}

	}

}
