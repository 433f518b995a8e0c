/**
 * Secrets in Spring's environment: as properties, and never shown.
 */
@NullMarked
package io.flyteconnect.autoconfigure.secret;

import org.jspecify.annotations.NullMarked;
