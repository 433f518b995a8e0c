/**
 * What counts for an application whose beans are defined before its settings are known.
 */
@NullMarked
package io.flyteconnect.autoconfigure.aot;

import org.jspecify.annotations.NullMarked;
