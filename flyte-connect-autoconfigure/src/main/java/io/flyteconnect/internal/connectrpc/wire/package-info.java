/**
 * What the Connect protocol has on the wire: heads, messages, errors.
 */
@NullMarked
package io.flyteconnect.internal.connectrpc.wire;

import org.jspecify.annotations.NullMarked;
