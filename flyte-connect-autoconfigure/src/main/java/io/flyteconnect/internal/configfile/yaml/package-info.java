/**
 * The YAML form of Flyte's configuration file.
 */
@NullMarked
package io.flyteconnect.internal.configfile.yaml;

import org.jspecify.annotations.NullMarked;
