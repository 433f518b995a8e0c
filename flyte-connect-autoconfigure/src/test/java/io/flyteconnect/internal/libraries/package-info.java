/**
 * Tests of what is said of libraries that do not fit together.
 */
@NullMarked
package io.flyteconnect.internal.libraries;

import org.jspecify.annotations.NullMarked;
