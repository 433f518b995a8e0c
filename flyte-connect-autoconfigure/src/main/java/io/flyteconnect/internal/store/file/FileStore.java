package io.flyteconnect.internal.store.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.encrypt.TextEncryptor;

import io.flyteconnect.internal.file.BoundedFile;
import io.flyteconnect.internal.file.TimedFileAccess;
import io.flyteconnect.internal.file.TimedFileAccess.FileAction;
import io.flyteconnect.internal.file.UnusableFileException;
import io.flyteconnect.internal.file.UnusableFileException.Problem;
import io.flyteconnect.internal.store.SharedStore;
import io.flyteconnect.internal.store.StoreException;
import io.flyteconnect.internal.store.StoreKeys;
import io.flyteconnect.internal.store.StoredLogin;
import io.flyteconnect.internal.store.StoredLoginText;

/**
 * Stores the login in a file with an encrypted line for each server and client that the
 * connection has been used with. The key is the configured one, or one in a file next to
 * it.
 */
public class FileStore implements SharedStore {

	private static final Log logger = LogFactory.getLog(FileStore.class);

	private static final Duration LOCK_PATIENCE = Duration.ofSeconds(30);

	/** The time limit of a write, which waits for a busy disk. */
	private static final Duration WRITE_PATIENCE = Duration.ofSeconds(10);

	private final Path file;

	private final Path lockFile;

	private final String login;

	private final @Nullable TextEncryptor encryptor;

	private final Duration patience;

	private final Duration writePatience;

	private final AtomicBoolean damageKnown = new AtomicBoolean();

	private @Nullable StoreFileLock held;

	public FileStore(Path file, String login, @Nullable TextEncryptor encryptor) {
		this(file, login, encryptor, TimedFileAccess.PATIENCE, WRITE_PATIENCE);
	}

	/**
	 * Create a store.
	 * @param file the file
	 * @param login what the login is found by
	 * @param encryptor the configured key, or {@code null} for one beside the file
	 * @param patience how long the disk has for each look and for the lock
	 * @param writePatience how long it has for a write
	 */
	public FileStore(Path file, String login, @Nullable TextEncryptor encryptor, Duration patience,
			Duration writePatience) {
		this.file = file;
		this.lockFile = file.resolveSibling(file.getFileName() + ".lock");
		this.login = login;
		this.encryptor = encryptor;
		this.patience = patience;
		this.writePatience = writePatience;
	}

	@Override
	public @Nullable StoredLogin load() {
		return this.<@Nullable StoredLogin>access("read", () -> {
			String text = lines().get(this.login);
			return (text != null) ? decrypt(text) : null;
		});
	}

	private StoredLogin decrypt(String text) throws IOException {
		StoredLoginText logins = new StoredLoginText(encryptor(false));
		try {
			return logins.read(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8));
		}
		catch (IllegalArgumentException ex) {
			throw new StoreException("the stored login is damaged; the next login replaces it", null);
		}
	}

	@Override
	public void save(StoredLogin login) {
		change((lines) -> {
			String text = new StoredLoginText(encryptor(true)).write(login);
			lines.put(this.login,
					Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
		});
	}

	@Override
	public void remove() {
		if (access("look for", () -> Files.exists(this.file))) {
			change((lines) -> lines.remove(this.login));
		}
	}

	private void change(Change change) {
		if (this.held != null) {
			write(change);
			return;
		}
		StoreFileLock lock = lock();
		try {
			write(change);
		}
		finally {
			release(lock);
		}
	}

	private void write(Change change) {
		access("write", this.writePatience, () -> {
			StoreFileLines lines = linesToChange();
			change.apply(lines);
			StoreFiles.replace(this.file, lines.content());
			return true;
		});
	}

	private StoreFileLines linesToChange() throws IOException {
		try {
			return lines();
		}
		catch (UnusableFileException ex) {
			if (ex.getProblem() != Problem.TOO_LARGE) {
				throw ex;
			}
			// The content cannot be used, but may be the user's only copy.
			Path aside = this.file.resolveSibling(this.file.getFileName() + ".damaged");
			Files.move(this.file, aside, StandardCopyOption.REPLACE_EXISTING);
			logger.warn("The file " + this.file + " " + ex.getSentence() + "; it was moved to " + aside);
			return new StoreFileLines();
		}
	}

	private StoreFileLines lines() throws IOException {
		try {
			StoreFileLines lines = StoreFileLines.of(BoundedFile.read(this.file));
			if (lines.firstDamaged() > 0 && this.damageKnown.compareAndSet(false, true)) {
				logger.warn("The file " + this.file + " is damaged, first in line " + lines.firstDamaged()
						+ "; the other lines count, and this one is kept as it is");
			}
			return lines;
		}
		catch (UnusableFileException ex) {
			if (ex.getProblem() == Problem.MISSING) {
				return new StoreFileLines();
			}
			throw ex;
		}
	}

	private TextEncryptor encryptor(boolean create) throws IOException {
		return (this.encryptor != null) ? this.encryptor : StoreKeys.encryptor(StoreKeyFile.of(this.file).key(create));
	}

	@Override
	public Hold hold() {
		StoreFileLock lock = lock();
		this.held = lock;
		return () -> {
			this.held = null;
			release(lock);
		};
	}

	private StoreFileLock lock() {
		try {
			return StoreFileLock.acquire(this.lockFile, LOCK_PATIENCE, this.patience);
		}
		catch (IOException ex) {
			throw failure(ex);
		}
	}

	private static void release(StoreFileLock lock) {
		try {
			lock.close();
		}
		catch (IOException ex) {
			throw failure(ex);
		}
	}

	private <T extends @Nullable Object> T access(String step, FileAction<T> action) {
		return access(step, this.patience, action);
	}

	private <T extends @Nullable Object> T access(String step, Duration patience, FileAction<T> action) {
		try {
			return TimedFileAccess.call(this.file, step, patience, action, (late) -> {
			});
		}
		catch (IOException ex) {
			throw failure(ex);
		}
	}

	private static StoreException failure(IOException ex) {
		return new StoreException((ex instanceof UnusableFileException) ? String.valueOf(ex.getMessage())
				: ex.getClass().getSimpleName() + ": " + ex.getMessage(), ex);
	}

	@Override
	public String toString() {
		return "file " + this.file;
	}

	private interface Change {

		void apply(StoreFileLines lines) throws IOException;

	}

}
