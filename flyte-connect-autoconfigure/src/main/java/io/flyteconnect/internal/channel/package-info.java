/**
 * Makes the connection's gRPC channel.
 */
@NullMarked
package io.flyteconnect.internal.channel;

import org.jspecify.annotations.NullMarked;
