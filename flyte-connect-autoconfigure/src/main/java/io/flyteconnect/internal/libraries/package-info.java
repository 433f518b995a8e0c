/**
 * Versions of Protobuf, gRPC and Netty that do not fit together, and what to do.
 */
@NullMarked
package io.flyteconnect.internal.libraries;

import org.jspecify.annotations.NullMarked;
