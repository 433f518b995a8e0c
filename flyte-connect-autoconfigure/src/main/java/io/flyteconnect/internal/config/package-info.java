/**
 * Converts bound properties into checked settings.
 */
@NullMarked
package io.flyteconnect.internal.config;

import org.jspecify.annotations.NullMarked;
