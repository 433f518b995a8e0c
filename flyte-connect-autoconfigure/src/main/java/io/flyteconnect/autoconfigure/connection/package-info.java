/**
 * Which connection a bean belongs to, where there are several.
 */
@NullMarked
package io.flyteconnect.autoconfigure.connection;

import org.jspecify.annotations.NullMarked;
