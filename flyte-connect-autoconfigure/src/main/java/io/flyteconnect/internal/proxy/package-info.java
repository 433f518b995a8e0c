/**
 * Chooses the forward proxy of a connection, and remembers what it rejected.
 */
@NullMarked
package io.flyteconnect.internal.proxy;

import org.jspecify.annotations.NullMarked;
