/**
 * Makes foreign text safe for messages and finds similar names.
 */
@NullMarked
package io.flyteconnect.internal.text;

import org.jspecify.annotations.NullMarked;
