/**
 * What the gRPC channel and the HTTP requests of one connection share: whom to trust and
 * which proxy to take.
 */
@NullMarked
package io.flyteconnect.network;

import org.jspecify.annotations.NullMarked;
