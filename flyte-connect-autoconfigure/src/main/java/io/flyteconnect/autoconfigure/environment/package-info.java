/**
 * Changes to the environment before beans are created.
 */
@NullMarked
package io.flyteconnect.autoconfigure.environment;

import org.jspecify.annotations.NullMarked;
