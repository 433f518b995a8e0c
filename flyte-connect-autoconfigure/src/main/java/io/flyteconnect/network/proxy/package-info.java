/**
 * A forward proxy on the way to a server: who named it, whose user it is shown, and what
 * it means that it refuses.
 */
@NullMarked
package io.flyteconnect.network.proxy;

import org.jspecify.annotations.NullMarked;
