/**
 * The libraries under a connection: which versions are there, and which are needed.
 */
@NullMarked
package io.flyteconnect.libraries;

import org.jspecify.annotations.NullMarked;
