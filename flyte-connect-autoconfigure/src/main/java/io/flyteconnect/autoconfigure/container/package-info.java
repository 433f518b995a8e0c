/**
 * Connects to a Flyte in a container that Testcontainers or Docker Compose runs for the
 * application.
 */
@NullMarked
package io.flyteconnect.autoconfigure.container;

import org.jspecify.annotations.NullMarked;
