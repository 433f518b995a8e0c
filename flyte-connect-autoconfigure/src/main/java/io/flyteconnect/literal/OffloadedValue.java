package io.flyteconnect.literal;

/**
 * A value that Flyte keeps in its object store because of its size. What
 * {@code FlyteExecutions} returns has none: there they are fetched.
 *
 * @param uri where the literal is, as {@code flyteidl.core.Literal} in protobuf's binary
 * form
 * @param sizeInBytes its size
 * @since 0.1.0
 */
public record OffloadedValue(String uri, long sizeInBytes) {
}
