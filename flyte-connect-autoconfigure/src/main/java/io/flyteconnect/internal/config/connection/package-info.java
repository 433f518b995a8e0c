/**
 * The named connections of an environment.
 */
@NullMarked
package io.flyteconnect.internal.config.connection;

import org.jspecify.annotations.NullMarked;
