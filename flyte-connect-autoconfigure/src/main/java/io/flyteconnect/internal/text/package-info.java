/**
 * Foreign text made safe for messages, and names that are near to each other.
 */
@NullMarked
package io.flyteconnect.internal.text;

import org.jspecify.annotations.NullMarked;
