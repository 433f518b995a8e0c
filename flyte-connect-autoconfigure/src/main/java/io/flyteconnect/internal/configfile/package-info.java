/**
 * Flyte's own configuration file as a property source, with an origin for each value.
 */
@NullMarked
package io.flyteconnect.internal.configfile;

import org.jspecify.annotations.NullMarked;
