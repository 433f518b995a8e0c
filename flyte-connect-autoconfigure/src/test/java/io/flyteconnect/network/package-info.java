/**
 * Tests of trust, proxy and HTTP over real sockets.
 */
@NullMarked
package io.flyteconnect.network;

import org.jspecify.annotations.NullMarked;
