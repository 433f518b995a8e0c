package io.flyteconnect.literal;

/**
 * A value that Flyte stores in its object store because of its size.
 * {@code FlyteExecutions} fetches such values, and never returns one.
 *
 * @param uri where the literal is, as {@code flyteidl.core.Literal} in protobuf's binary
 * form
 * @param sizeInBytes its size
 * @since 0.1.0
 */
public record OffloadedValue(String uri, long sizeInBytes) {
}
