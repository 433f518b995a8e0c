/**
 * The connections to Flyte and their stubs, which an application injects and calls.
 */
@NullMarked
package io.flyteconnect;

import org.jspecify.annotations.NullMarked;
