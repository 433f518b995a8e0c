/**
 * Tests of forward proxies.
 */
@NullMarked
package io.flyteconnect.network.proxy;

import org.jspecify.annotations.NullMarked;
