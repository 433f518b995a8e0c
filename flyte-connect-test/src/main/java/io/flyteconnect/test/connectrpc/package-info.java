/**
 * gRPC services over plain HTTP, as Flyte 2 offers them: by the protocol Connect, and by
 * gRPC, on one port. Not for use by tests themselves.
 */
@NullMarked
package io.flyteconnect.test.connectrpc;

import org.jspecify.annotations.NullMarked;
