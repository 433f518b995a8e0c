/**
 * Bounded reads and timed operations on files, so that no dead mount or device holds a
 * thread.
 */
@NullMarked
package io.flyteconnect.internal.file;

import org.jspecify.annotations.NullMarked;
