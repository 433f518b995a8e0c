/**
 * The settings of one connection as checked values, and where each of them came from.
 */
@NullMarked
package io.flyteconnect.config;

import org.jspecify.annotations.NullMarked;
