/**
 * A Flyte cluster in the same process, for looking around without one.
 */
@NullMarked
package io.flyteconnect.samples.dashboard.embedded;

import org.jspecify.annotations.NullMarked;
