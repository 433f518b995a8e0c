/**
 * Helpers of the models of identity.
 */
@NullMarked
package io.flyteconnect.internal.identity;

import org.jspecify.annotations.NullMarked;
