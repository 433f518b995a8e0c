/**
 * Calls of gRPC's stubs over the Connect protocol, which passes wherever HTTP does.
 */
@NullMarked
package io.flyteconnect.internal.connectrpc;

import org.jspecify.annotations.NullMarked;
