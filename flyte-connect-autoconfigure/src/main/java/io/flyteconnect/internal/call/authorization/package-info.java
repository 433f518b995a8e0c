/**
 * Puts tokens on a call, and learns from its end what became of them.
 */
@NullMarked
package io.flyteconnect.internal.call.authorization;

import org.jspecify.annotations.NullMarked;
