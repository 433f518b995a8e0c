package io.flyteconnect.internal.config.credentials;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import io.flyteconnect.config.CredentialSettings.ClientSecret;
import io.flyteconnect.config.MissingClientSecretException;
import io.flyteconnect.internal.config.text.SecretText;
import io.flyteconnect.internal.file.BoundedFile;
import io.flyteconnect.internal.file.TimedFileAccess;
import io.flyteconnect.internal.file.UnusableFileException;
import io.flyteconnect.internal.file.UnusableFileException.Problem;

/**
 * A client secret in a file, as Kubernetes mounts it.
 */
public final class FileClientSecret implements ClientSecret {

	private final Path file;

	public FileClientSecret(Path file) {
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
			if (ex.getProblem() == Problem.MISSING) {
				throw new MissingClientSecretException(ex.getMessage(), ex);
			}
			throw new IllegalStateException(ex.getMessage(), ex);
		}
	}

	@Override
	public @Nullable Object fingerprint() {
		try {
			BasicFileAttributes attributes = TimedFileAccess.call(this.file, "read",
					() -> Files.readAttributes(this.file, BasicFileAttributes.class));
			return Arrays.asList(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
		}
		catch (IOException ex) {
			return null;
		}
	}

	@Override
	public String kind() {
		return "file";
	}

	@Override
	public String description() {
		return "file " + this.file;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof FileClientSecret that && this.file.equals(that.file);
	}

	@Override
	public int hashCode() {
		return this.file.hashCode();
	}

	@Override
	public String toString() {
		return description();
	}

}
