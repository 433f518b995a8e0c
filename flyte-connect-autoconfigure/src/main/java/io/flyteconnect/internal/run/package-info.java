/**
 * What stands between the calls of {@link io.flyteconnect.run.FlyteRuns} and the manners
 * of Flyte 2's server.
 */
@NullMarked
package io.flyteconnect.internal.run;

import org.jspecify.annotations.NullMarked;
