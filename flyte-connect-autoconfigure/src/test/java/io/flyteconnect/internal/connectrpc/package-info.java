/**
 * Tests of calls over Connect.
 */
@NullMarked
package io.flyteconnect.internal.connectrpc;

import org.jspecify.annotations.NullMarked;
