package io.flyteconnect.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A client secret in a file, as Kubernetes mounts it.
 *
 * @author Flyte Connect
 */
final class FileClientSecret implements ClientSecret {

	/** Far beyond any secret: keeps a wrong path from filling the memory. */
	private static final int LIMIT = 64 * 1024;

	private final Path file;

	FileClientSecret(Path file) {
		this.file = file;
	}

	@Override
	public String read() {
		String secret = SecretText.trimmed(text());
		if (secret.isBlank()) {
			throw new IllegalStateException("the file " + this.file + " is empty");
		}
		return secret;
	}

	private String text() {
		if (!Files.exists(this.file)) {
			throw new IllegalStateException("the file " + this.file + " does not exist");
		}
		if (Files.isDirectory(this.file)) {
			throw new IllegalStateException(this.file + " is a folder, not a file");
		}
		try (InputStream input = Files.newInputStream(this.file)) {
			byte[] bytes = input.readNBytes(LIMIT + 1);
			if (bytes.length > LIMIT) {
				throw new IllegalStateException("the file " + this.file + " is too large for a secret");
			}
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
		}
		catch (CharacterCodingException ex) {
			throw new IllegalStateException("the file " + this.file + " is no UTF-8 text", ex);
		}
		catch (IOException ex) {
			throw new IllegalStateException("the file " + this.file + " cannot be read", ex);
		}
	}

	@Override
	public String description() {
		return "file " + this.file;
	}

	@Override
	public String toString() {
		return description();
	}

}
