/**
 * Conversions between the models of identity and Flyte's messages.
 */
@NullMarked
package io.flyteconnect.internal.identity;

import org.jspecify.annotations.NullMarked;
