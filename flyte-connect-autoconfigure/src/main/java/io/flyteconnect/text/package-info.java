/**
 * Text of others, made fit to be shown.
 */
@NullMarked
package io.flyteconnect.text;

import org.jspecify.annotations.NullMarked;
