/**
 * Support for ahead-of-time processing, which defines beans before the settings at run
 * time are known.
 */
@NullMarked
package io.flyteconnect.autoconfigure.aot;

import org.jspecify.annotations.NullMarked;
