package io.flyteconnect.oauth2.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.encrypt.TextEncryptor;

import io.flyteconnect.file.BoundedFile;
import io.flyteconnect.file.UnusableFileException;
import io.flyteconnect.file.UnusableFileException.Problem;

/**
 * Keeps the login in a file, one line for each server and client that the connection has
 * been used with, each encrypted. The key is the configured one, or one beside the file.
 */
class FileStore implements SharedStore {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final String LINE = "[A-Za-z0-9_-]+=[A-Za-z0-9_-]+";

	private final Path file;

	private final Path keyFile;

	private final Path lockFile;

	private final String login;

	private final @Nullable TextEncryptor encryptor;

	private @Nullable StoreFileLock held;

	FileStore(Path file, String login, @Nullable TextEncryptor encryptor) {
		this.file = file;
		this.keyFile = file.resolveSibling(file.getFileName() + ".key");
		this.lockFile = file.resolveSibling(file.getFileName() + ".lock");
		this.login = login;
		this.encryptor = encryptor;
	}

	@Override
	public @Nullable StoredLogin load() {
		try {
			String text = lines().get(this.login);
			return (text != null) ? new StoredLoginText(encryptor(false))
				.read(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8)) : null;
		}
		catch (IOException ex) {
			throw failure(ex);
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
		if (Files.exists(this.file)) {
			change((lines) -> lines.remove(this.login));
		}
	}

	private void change(Change change) {
		try {
			StoreFiles.createFolderOf(this.file);
			if (this.held != null) {
				replace(change);
				return;
			}
			try (StoreFileLock lock = StoreFileLock.acquire(this.lockFile, PATIENCE)) {
				replace(change);
			}
		}
		catch (IOException ex) {
			throw failure(ex);
		}
	}

	private void replace(Change change) throws IOException {
		Map<String, String> lines;
		try {
			lines = lines();
		}
		catch (StoreException ex) {
			// Nobody can use what is in there.
			lines = new TreeMap<>();
		}
		change.apply(lines);
		StringBuilder text = new StringBuilder();
		lines.forEach((name, value) -> text.append(name).append('=').append(value).append('\n'));
		StoreFiles.replace(this.file, text.toString());
	}

	private Map<String, String> lines() throws IOException {
		Map<String, String> lines = new TreeMap<>();
		String text;
		try {
			text = BoundedFile.text(this.file);
		}
		catch (UnusableFileException ex) {
			if (ex.getProblem() == Problem.MISSING) {
				return lines;
			}
			if (ex.getProblem() == Problem.NOT_TEXT || ex.getProblem() == Problem.TOO_LARGE) {
				throw new StoreException("the file " + ex.getSentence() + "; the next login replaces it", ex);
			}
			throw ex;
		}
		for (String line : text.split("\n")) {
			if (!line.isEmpty()) {
				if (!line.matches(LINE)) {
					throw new StoreException("the file is damaged; the next login replaces it", null);
				}
				int end = line.indexOf('=');
				lines.put(line.substring(0, end), line.substring(end + 1));
			}
		}
		return lines;
	}

	private TextEncryptor encryptor(boolean create) throws IOException {
		if (this.encryptor != null) {
			return this.encryptor;
		}
		try {
			if (StoreFiles.isOpenToOthers(this.keyFile)) {
				throw new StoreException("others have rights to the key " + this.keyFile
						+ "; take them away (chmod 600), or remove the file and log in anew", null);
			}
			String key = BoundedFile.text(this.keyFile).strip();
			if (!key.isEmpty()) {
				return StoreKeys.encryptor(key);
			}
		}
		catch (NoSuchFileException ex) {
			// Made below.
		}
		catch (UnusableFileException ex) {
			if (ex.getProblem() != Problem.MISSING) {
				throw ex;
			}
		}
		if (!create) {
			throw new StoreException("the key " + this.keyFile + " is gone; the next login makes another one", null);
		}
		byte[] random = new byte[32];
		new SecureRandom().nextBytes(random);
		String key = HexFormat.of().formatHex(random);
		StoreFiles.replace(this.keyFile, key + "\n");
		return StoreKeys.encryptor(key);
	}

	@Override
	public Hold hold() {
		try {
			StoreFiles.createFolderOf(this.file);
			StoreFileLock lock = StoreFileLock.acquire(this.lockFile, PATIENCE);
			this.held = lock;
			return () -> {
				this.held = null;
				release(lock);
			};
		}
		catch (IOException ex) {
			throw failure(ex);
		}
	}

	private void release(StoreFileLock lock) {
		try {
			lock.close();
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

		void apply(Map<String, String> lines) throws IOException;

	}

}
