/**
 * Spring wiring only: properties, auto-configuration classes, connection details, failure
 * analyzers.
 */
@NullMarked
package io.flyteconnect.autoconfigure;

import org.jspecify.annotations.NullMarked;
