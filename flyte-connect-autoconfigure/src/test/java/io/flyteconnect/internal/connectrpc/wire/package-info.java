/**
 * Tests of what Connect has on the wire.
 */
@NullMarked
package io.flyteconnect.internal.connectrpc.wire;

import org.jspecify.annotations.NullMarked;
