package io.flyteconnect.internal.config;

import java.nio.file.Path;

import io.flyteconnect.config.ClientSecret;
import io.flyteconnect.internal.config.text.SecretText;
import io.flyteconnect.internal.file.BoundedFile;
import io.flyteconnect.internal.file.UnusableFileException;

/**
 * A client secret in a file, as Kubernetes mounts it.
 */
final class FileClientSecret implements ClientSecret {

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
		try {
			return BoundedFile.text(this.file);
		}
		catch (UnusableFileException ex) {
			throw new IllegalStateException(ex.getMessage(), ex);
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
