package io.flyteconnect.literal;

/**
 * The error of a node, as a value.
 *
 * @param failedNodeId the node that failed, empty where it is not known
 * @param message what went wrong
 * @since 0.1.0
 */
public record FlyteError(String failedNodeId, String message) {
}
