/**
 * Tests of forward proxies.
 */
@NullMarked
package io.flyteconnect.internal.proxy;

import org.jspecify.annotations.NullMarked;
