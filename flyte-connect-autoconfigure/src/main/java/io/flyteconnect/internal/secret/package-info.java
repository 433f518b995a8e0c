/**
 * Finds and reads secrets.
 */
@NullMarked
package io.flyteconnect.internal.secret;

import org.jspecify.annotations.NullMarked;
