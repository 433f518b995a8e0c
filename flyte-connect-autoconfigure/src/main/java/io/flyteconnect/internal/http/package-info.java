/**
 * The HTTP client of the login, on the Netty that gRPC brings.
 */
@NullMarked
package io.flyteconnect.internal.http;

import org.jspecify.annotations.NullMarked;
