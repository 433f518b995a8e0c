/**
 * Makes secrets available as properties of Spring's environment, and keeps them from
 * being shown.
 */
@NullMarked
package io.flyteconnect.autoconfigure.secret;

import org.jspecify.annotations.NullMarked;
