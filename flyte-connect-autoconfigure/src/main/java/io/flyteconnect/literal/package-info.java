/**
 * Java values for Flyte's literals: what is written for each of Flyte's types, and what
 * is read back.
 */
@NullMarked
package io.flyteconnect.literal;

import org.jspecify.annotations.NullMarked;
