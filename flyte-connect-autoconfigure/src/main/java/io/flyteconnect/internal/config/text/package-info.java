/**
 * Parses single settings, and masks secrets.
 */
@NullMarked
package io.flyteconnect.internal.config.text;

import org.jspecify.annotations.NullMarked;
