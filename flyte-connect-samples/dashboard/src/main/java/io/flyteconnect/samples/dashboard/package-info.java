/**
 * A dashboard of a Flyte cluster: a sample of a service that calls Flyte.
 */
@NullMarked
package io.flyteconnect.samples.dashboard;

import org.jspecify.annotations.NullMarked;
