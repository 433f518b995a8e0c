package io.flyteconnect.literal;

import org.springframework.util.Assert;

/**
 * A directory that Flyte's tasks can read: a blob of several parts (flytekit's
 * {@code FlyteDirectory}).
 *
 * @param uri where it is, {@code s3://bucket/prefix} for example
 * @param format the format of its files, empty for any: as the input is declared
 * @since 0.1.0
 */
public record FlyteDirectory(String uri, String format) {

	/**
	 * Create a directory.
	 * @throws IllegalArgumentException if there is no URI
	 */
	public FlyteDirectory {
		Assert.hasText(uri, "'uri' must be set");
	}

	/**
	 * Create a directory with the format of the declared input.
	 * @param uri where it is
	 */
	public FlyteDirectory(String uri) {
		this(uri, "");
	}

}
