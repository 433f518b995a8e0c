package io.flyteconnect.internal.store.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

import io.flyteconnect.internal.file.BoundedFile;
import io.flyteconnect.internal.file.UnusableFileException;
import io.flyteconnect.internal.file.UnusableFileException.Problem;
import io.flyteconnect.internal.store.StoreException;

/**
 * The key of a file of logins, in a separate file next to it.
 *
 * @param file the file of the key
 */
record StoreKeyFile(Path file) {

	private static final int BYTES = 32;

	static StoreKeyFile of(Path logins) {
		return new StoreKeyFile(logins.resolveSibling(logins.getFileName() + ".key"));
	}

	/**
	 * Return the key.
	 * @param create whether to make one if there is none
	 * @return the key
	 * @throws StoreException if others can read the file, or there is no key
	 * @throws IOException if the file can be neither read nor written
	 */
	String key(boolean create) throws IOException {
		String key = read();
		if (!key.isEmpty()) {
			return key;
		}
		if (!create) {
			throw new StoreException("the key " + this.file + " is gone; the next login makes another one", null);
		}
		byte[] random = new byte[BYTES];
		new SecureRandom().nextBytes(random);
		String fresh = HexFormat.of().formatHex(random);
		StoreFiles.replace(this.file, (fresh + "\n").getBytes(StandardCharsets.UTF_8));
		return fresh;
	}

	private String read() throws IOException {
		try {
			if (StoreFiles.isOpenToOthers(this.file)) {
				throw new StoreException("others have rights to the key " + this.file
						+ "; take them away (chmod 600), or remove the file and log in anew", null);
			}
			return BoundedFile.text(this.file).strip();
		}
		catch (NoSuchFileException ex) {
			return "";
		}
		catch (UnusableFileException ex) {
			if (ex.getProblem() == Problem.MISSING) {
				return "";
			}
			throw ex;
		}
	}

}
