/**
 * Finds out how far a connection gets.
 */
@NullMarked
package io.flyteconnect.internal.examination;

import org.jspecify.annotations.NullMarked;
