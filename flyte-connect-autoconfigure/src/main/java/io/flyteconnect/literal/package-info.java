/**
 * Converts Java values to Flyte's literals, and back.
 */
@NullMarked
package io.flyteconnect.literal;

import org.jspecify.annotations.NullMarked;
