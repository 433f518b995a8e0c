/**
 * Detects and explains incompatible versions of Protobuf, gRPC and Netty.
 */
@NullMarked
package io.flyteconnect.internal.libraries;

import org.jspecify.annotations.NullMarked;
