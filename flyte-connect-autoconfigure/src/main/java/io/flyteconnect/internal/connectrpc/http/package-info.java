/**
 * HTTP/1.1 and HTTP/2 for many requests to one server, on the Netty that gRPC depends on.
 */
@NullMarked
package io.flyteconnect.internal.connectrpc.http;

import org.jspecify.annotations.NullMarked;
