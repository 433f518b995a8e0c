/**
 * The older INI form of Flyte's configuration file.
 */
@NullMarked
package io.flyteconnect.internal.configfile.ini;

import org.jspecify.annotations.NullMarked;
