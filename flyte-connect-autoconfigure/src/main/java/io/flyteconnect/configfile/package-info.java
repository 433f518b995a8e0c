/**
 * Flyte's own configuration files (YAML and INI): found, read, and turned into properties
 * with origins.
 */
@NullMarked
package io.flyteconnect.configfile;

import org.jspecify.annotations.NullMarked;
