/**
 * Which forward proxy a connection goes through, and what it refused.
 */
@NullMarked
package io.flyteconnect.internal.proxy;

import org.jspecify.annotations.NullMarked;
