/**
 * Turns settings as they are written into checked ones.
 */
@NullMarked
package io.flyteconnect.internal.config;

import org.jspecify.annotations.NullMarked;
