/**
 * Parsers of single settings, and masks of secret ones.
 */
@NullMarked
package io.flyteconnect.internal.config.text;

import org.jspecify.annotations.NullMarked;
