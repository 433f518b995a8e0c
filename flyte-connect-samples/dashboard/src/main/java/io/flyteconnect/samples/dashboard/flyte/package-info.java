/**
 * What the dashboard asks Flyte for, through the injected stub.
 */
@NullMarked
package io.flyteconnect.samples.dashboard.flyte;

import org.jspecify.annotations.NullMarked;
