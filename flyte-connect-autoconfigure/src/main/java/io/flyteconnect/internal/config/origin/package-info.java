/**
 * Where the properties of a connection come from.
 */
@NullMarked
package io.flyteconnect.internal.config.origin;

import org.jspecify.annotations.NullMarked;
