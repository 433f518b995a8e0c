/**
 * The HTTP client of a connection, built on the Netty that gRPC depends on.
 */
@NullMarked
package io.flyteconnect.internal.http;

import org.jspecify.annotations.NullMarked;
