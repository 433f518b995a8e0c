/**
 * What is done to the environment before any bean is made.
 */
@NullMarked
package io.flyteconnect.autoconfigure.environment;

import org.jspecify.annotations.NullMarked;
