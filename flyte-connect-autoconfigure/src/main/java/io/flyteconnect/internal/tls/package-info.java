/**
 * Whom a connection trusts, and what a failed handshake means.
 */
@NullMarked
package io.flyteconnect.internal.tls;

import org.jspecify.annotations.NullMarked;
