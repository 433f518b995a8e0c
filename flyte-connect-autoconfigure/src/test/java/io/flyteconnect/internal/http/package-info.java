/**
 * Tests of trust, proxy and HTTP over real sockets.
 */
@NullMarked
package io.flyteconnect.internal.http;

import org.jspecify.annotations.NullMarked;
