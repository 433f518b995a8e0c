/**
 * Conversions between Java values and Flyte's literals.
 */
@NullMarked
package io.flyteconnect.internal.literal;

import org.jspecify.annotations.NullMarked;
