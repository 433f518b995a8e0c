package io.flyteconnect.literal;

import org.springframework.util.Assert;

/**
 * A file that Flyte's tasks can read: a blob of one part (flytekit's {@code FlyteFile}).
 *
 * @param uri where it is, {@code s3://bucket/key} for example; a file of this machine has
 * to be uploaded first
 * @param format its format, {@code csv} for example, empty for any: as the input is
 * declared
 * @since 0.1.0
 */
public record FlyteFile(String uri, String format) {

	/**
	 * Create a file.
	 * @throws IllegalArgumentException if there is no URI
	 */
	public FlyteFile {
		Assert.hasText(uri, "'uri' must be set");
	}

	/**
	 * Create a file with the format of the declared input.
	 * @param uri where it is
	 */
	public FlyteFile(String uri) {
		this(uri, "");
	}

}
